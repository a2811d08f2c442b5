import fc from 'fast-check'

export const HEADER = [
  'event_id',
  'event_name',
  'timestamp',
  'workspace_id',
  'user_id',
  'session_id',
  'source',
  'ip',
  'is_key_event',
  'event_weight',
  'event_properties',
  'plan',
  'plan ',
]

/** Cells worth trying per column: plain ones, spellings of "nothing", blanks around them, damage, look-alikes. */
const anyText = fc.constantFrom(
  '',
  'w-1',
  'w-2',
  ' w-1',
  'w-1 ',
  '\u00a0w-1',
  'w-1\u3000',
  'NULL',
  'null',
  '\\N',
  '\\n',
  'none',
  '-',
  'é',
  'é ',
  '日本',
  '😀',
  '#REF!',
  '1.2E+10',
  '5e+10',
  '5e3a',
  '1,5E+12',
  '12',
  'a'.repeat(300),
  '\ufeffw-1',
  '\u0000',
  'N/A',
  '##',
  '####',
)
export const CELLS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  event_id: fc.oneof(
    fc.uuid(),
    anyText,
    fc.constantFrom(
      '123456',
      '1.23456E+10',
      '1,2E+100',
      '#NAME?',
      ' abcdef',
      'abcdef\t',
      'éabcdefé',
      '7e+12345',
      '7E+1234x',
    ),
  ),
  event_name: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('login', 'page view') },
    { weight: 1, arbitrary: anyText },
  ),
  timestamp: fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true })
        .map(date => date.toISOString()),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '2026-05-01 12:00:00',
        '2026-05-01T12:00:00',
        '2026-05-01T12:00:00.1',
        '2026-05-01T12:00:00.12Z',
        '2026-05-01T12:00:00.123456789Z',
        '2026-05-01T12:00:00+02:00',
        '2026-05-01T12:00:00-0530',
        '2026-05-01 12:00:00.5+01:00',
        '2026-05-01T12:00:00+02',
        '2026-05-01T12:00:00+24:00',
        '2026-05-01T12:00:00+23:59',
        '1970-01-01T00:00:00+01:00',
        '2199-12-31T23:59:59Z',
        '2199-12-31T23:59:59-01:00',
        '2200-01-01T00:00:00Z',
        '1969-12-31T23:59:59Z',
        '2026-02-29T00:00:00Z',
        '2024-02-29T00:00:00Z',
        '2026-13-01T00:00:00Z',
        '2026-05-01T24:00:00Z',
        '2026-05-01T12:60:00Z',
        '2026-05-01T12:00:00.Z',
        '2026-05-01T12:00:00.',
        '190X-01-01T00:00:00Z',
        '2026-05-01T12:00:00 Z',
        ' 2026-05-01T12:00:00Z ',
        '2026-05-01',
        '20260501',
        '2026/05/01',
        '1 May 2026',
        '1777636800',
        '1777636800123',
        '1777636800123456',
        '0777636800',
        '0000000000123',
        '9999999999999',
        '1777636800.5',
        '01/02/2026',
        '',
        'NULL',
        '0000-00-00 00:00:00',
        'soon',
        '\u00a02026-05-01T12:00:00Z',
      ),
    },
  ),
  workspace_id: anyText,
  user_id: anyText,
  session_id: anyText,
  source: anyText,
  ip: fc.oneof(fc.constantFrom('10.0.0.1', '::1', '(blank)', 'n/a', '–'), anyText),
  is_key_event: fc.constantFrom(
    '',
    'true',
    'FALSE',
    ' yes',
    '0',
    '1',
    'n',
    'maybe',
    'null',
    '-',
    '#REF!',
    '\u00a0true',
    'on',
  ),
  event_weight: fc.constantFrom(
    '',
    '0',
    '-0',
    '12',
    '-3',
    '1.5',
    '1.500',
    '1,5',
    '-0.25',
    '1e3',
    '+4',
    '1.',
    '.5',
    '123456789012345',
    '1234567890123456',
    '12.3456',
    'NULL',
    '-',
    'x',
    ' 2 ',
    '50%',
    '1 234',
    '\u00a07',
  ),
  event_properties: fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc
      .dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }))
      .map(value => JSON.stringify(value, null, 1)),
    fc.constantFrom(
      '',
      '{}',
      ' { } ',
      'null',
      '[]',
      '{"a":}',
      '{"a":1,}',
      '{"a":01}',
      '{"a":1.}',
      '{"a":1e}',
      '{"a":-}',
      '{"a":tru}',
      '{"a":truex}',
      '{"a":"\\x"}',
      '{"a":"\\u12"}',
      '{"a":"\\u12aF"}',
      '{"a":"\u0001"}',
      '{"a":1}x',
      '{"a" 1}',
      '{a:1}',
      "{'a':1}",
      '{"a":1 , "b":[ 1 , {"c" : null } ]}',
      '{"a":"x',
      '{"__proto__":1}',
      `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`,
      `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`,
      '{"a":"}"}',
      '{"a":NaN}',
      '-',
      '{"a":1.0e+5}',
      '{"a": "\u2028"}',
      '{"a":\u00a01}',
    ),
  ),
  plan: fc.constantFrom('', 'pro', ' pro ', 'a"b', 'é', '\\', 'free'),
}

type Quoting = 'needed' | 'always' | 'wrong'

function written(cell: string, quoting: Quoting, delimiter: string): string {
  if (quoting === 'wrong') return cell.includes('"') ? cell : `"${cell}`
  const isNeeded = quoting === 'always' || /["\r\n]/.test(cell) || cell.includes(delimiter)
  return isNeeded ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Lines that are no records as they should be. */
const oddLine = fc.constantFrom(
  '',
  ' ',
  ',,,',
  ',,,,,,,,,,,,',
  'one',
  '"',
  '"a" ,b',
  '"a"x,b',
  'a"b,c',
  '""',
  '"x\ny"',
  ',"open',
  '"a"\t,b',
  '\u00e9',
  'x'.repeat(6000),
)

/** A file of events with all that goes wrong in exports, header included. */
export function anyFile(delimiter: string): fc.Arbitrary<string> {
  const quoting = fc.oneof(
    { weight: 8, arbitrary: fc.constant<Quoting>('needed') },
    { weight: 4, arbitrary: fc.constant<Quoting>('always') },
    { weight: 1, arbitrary: fc.constant<Quoting>('wrong') },
  )
  const cell = (column: string) => fc.tuple(CELLS[column] ?? CELLS['plan']!, quoting)
  const trailing = fc.constantFrom('', '', '', delimiter, `${delimiter}${delimiter} `, `${delimiter}x`)
  const record = fc
    .tuple(fc.tuple(...HEADER.map(column => cell(column.trim()))), trailing)
    .map(([row, rest]) => row.map(([text, how]) => written(text, how, delimiter)).join(delimiter) + rest)
  const line = fc.oneof({ weight: 12, arbitrary: record }, { weight: 1, arbitrary: oddLine })
  const newline = fc.oneof(
    { weight: 6, arbitrary: fc.constant('\n') },
    { weight: 1, arbitrary: fc.constantFrom('\r\n', '\r', '\n\n', '\r\r\n') },
  )
  return fc.tuple(fc.array(fc.tuple(line, newline), { maxLength: 12 }), fc.boolean()).map(([lines, isOpen]) => {
    const body = [[HEADER.join(delimiter), '\n'], ...lines].flat()
    return (isOpen ? body.slice(0, -1) : body).join('')
  })
}
