import { describe, expect, test } from 'vitest'
import { describePlan, planFile } from '#import'
import type { FilePlan, ImportOptions } from '#schema/import'
import { corpusBytes, hasCorpus } from './corpus.ts'
import { bytesOf, readFile } from './read-file.ts'

const plan = (content: string | Uint8Array, file = 'users.csv', options: ImportOptions = {}): FilePlan => {
  const head = typeof content === 'string' ? bytesOf(content) : content
  return planFile({ file, head, size: head.length, isWhole: true, options })
}
const utf16 = (text: string, isLittle: boolean, hasBom: boolean): Uint8Array => {
  const units = [...(hasBom ? '\ufeff' : ''), ...text].join('')
  return Uint8Array.from(
    Array.from(units)
      .flatMap(c => Array.from({ length: c.length }, (_, i) => c.charCodeAt(i)))
      .flatMap(u => (isLittle ? [u & 255, u >> 8] : [u >> 8, u & 255])),
  )
}
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, c => c.charCodeAt(0))

describe('formats', () => {
  test.each([
    { why: 'commas', text: 'user_id,name\n1,a\n', want: { format: 'csv', delimiter: ',' } },
    {
      why: 'semicolons, with commas in the text',
      text: 'user_id;name;phone\n1;a, b;c\n2;d, e, f;g\n',
      want: { format: 'csv', delimiter: ';' },
    },
    { why: 'tabs', text: 'user_id\tname\n1\ta,b\n', want: { format: 'csv', delimiter: '\t' } },
    { why: 'bars', text: 'user_id|name\n1|a\n', want: { format: 'csv', delimiter: '|' } },
    {
      why: 'delimiters in quotes do not count',
      text: 'user_id;name\n1;"a,b,c"\n2;"d,e,f"\n',
      want: { format: 'csv', delimiter: ';' },
    },
    {
      why: 'another character that is consistent',
      text: 'user_id~name\n1~a\n2~b\n',
      want: { format: 'csv', delimiter: '~' },
    },
    { why: 'a control character', text: 'user_id\u0001name\n1\u0001a\n', want: { format: 'csv', delimiter: '\u0001' } },
    { why: 'one column', text: 'user_id\na@b.c\nd-e f\n', want: { format: 'csv', delimiter: ',' } },
    { why: 'sep=', text: 'sep=|\nuser_id|name\n1|a\n', want: { format: 'csv', delimiter: '|', hasSepLine: true } },
    { why: 'an array', text: '[{"user_id":1}]', want: { format: 'json', delimiter: null } },
    { why: 'a wrapper', text: '{"data":[{"user_id":1}]}', want: { format: 'json' } },
    { why: 'an object over several lines', text: '{\n"user_id":1\n}', want: { format: 'json' } },
    { why: 'JSON Lines', text: '{"user_id":1}\n{"user_id":2}\n', want: { format: 'jsonl' } },
    {
      why: 'JSON Lines whose first line is broken',
      text: '{"user_id":\n{"user_id":2}\n{"user_id":3}\n',
      want: { format: 'jsonl' },
    },
  ])('$why', ({ text, want }) => {
    expect(plan(text)).toMatchObject(
      text.startsWith('{') || text.startsWith('[') ? { ...want, table: 'users' } : { table: 'users', ...want },
    )
  })

  test('a file called .csv is one', () => {
    expect(plan('[user_id],name\n1,a\n', 'x.csv')).toMatchObject({ format: 'csv' })
  })

  test('JSON records become columns', () => {
    const text =
      '{"user_id":1,"traits":{"email":"a@b.c","deep":{"x":1}},"event_properties":{"y":2},"tags":[1]}\n{"user_id":2,"name":"n"}\n'
    expect(plan(text, 'users.jsonl').columns.map(({ header, column }) => [header, column])).toEqual([
      ['user_id', 'user_id'],
      ['traits.email', null],
      ['traits.deep', null],
      ['event_properties', null],
      ['tags', null],
      ['name', 'name'],
    ])
  })
})

describe('what is no table', () => {
  test.each([
    { why: 'empty', bytes: latin1(''), reason: 'The file is empty' },
    {
      why: 'checksums of Hadoop',
      bytes: latin1('crc\u0000\u0000\u0000\u0002\u0000abcd'),
      reason: 'The file is a list of checksums that Hadoop keeps beside a file of data; it holds no data',
    },
    { why: 'only a byte order mark', bytes: latin1('\u00ef\u00bb\u00bf'), reason: 'The file is empty' },
    { why: 'blank lines', bytes: latin1('\n\n'), reason: 'No header or record can be read' },
    {
      why: 'a header with odd quotes',
      bytes: latin1('"user_id","na"me"\n1,2\n'),
      reason: 'The first line has text behind a closing quote: no header or record can be read',
    },
    {
      why: 'a workbook',
      bytes: latin1('PK\u0003\u0004....'),
      reason: 'The file is an Excel workbook or a zip archive; export it as CSV',
    },
    {
      why: 'UTF-32',
      bytes: latin1('\u00ff\u00fe\u0000\u0000a\u0000\u0000\u0000'),
      reason: 'The file is UTF-32; save it as UTF-8',
    },
    {
      why: 'bytes',
      bytes: Uint8Array.from({ length: 500 }, (_, i) => (i * 7) % 256),
      reason:
        'The file is not text: 36 of its first 500 bytes are control characters, the first is byte 1. If it is text, name its encoding',
    },
  ])('$why', ({ bytes, reason }) => {
    expect(plan(bytes)).toMatchObject({ format: 'unknown', table: null, reason, columns: [] })
  })
})

test.each(['_SUCCESS', 'users/_SUCCESS', '_started_812', '_committed_812'])(
  '%s beside parts is said to be no data',
  file => {
    for (const text of ['', '{"added":["part-00000.csv"],"removed":[]}'])
      expect(plan(text, file)).toMatchObject({
        table: null,
        reason: expect.stringMatching(/Spark or Hadoop .* no data/),
      })
  },
)

describe('encodings without a mark that zero bytes do not show', () => {
  const chinese = `user_id,name\n${'u1,王小明李雷韩梅梅张三李四王小明李雷韩梅梅\n'.repeat(9)}`
  const russian = `ид;имя\r\n${'1;Иван Петров\r\n'.repeat(9)}`
  test.each([
    { why: 'Chinese, LE', text: chinese, isLittle: true },
    { why: 'Chinese, BE', text: chinese, isLittle: false },
    { why: 'Russian, LE', text: russian, isLittle: true },
    { why: 'Russian, BE', text: russian, isLittle: false },
  ])('UTF-16: $why', ({ text, isLittle }) => {
    const found = plan(utf16(text, isLittle, false), 'users.csv')
    expect(found).toMatchObject({ format: 'csv', encoding: isLittle ? 'utf-16le' : 'utf-16be' })
    expect(found.columns.map(({ header }) => header)).toEqual(text.split(/\r?\n/)[0]?.split(/[,;]/))
  })

  test.each([true, false])('UTF-32 is named, little endian: %s', isLittle => {
    const view = new DataView(new ArrayBuffer(4 * chinese.length))
    for (const [i, letter] of [...chinese].entries()) view.setUint32(4 * i, letter.codePointAt(0) ?? 0, isLittle)
    expect(plan(new Uint8Array(view.buffer)).reason).toBe('The file is UTF-32; save it as UTF-8')
  })

  test.each([
    // "user_id,name" and "u1,ada" in code page 037, with LF and with NEL between them.
    {
      why: 'LF',
      bytes: [
        0xa4, 0xa2, 0x85, 0x99, 0x6d, 0x89, 0x84, 0x6b, 0x95, 0x81, 0x94, 0x85, 0x25, 0xa4, 0xf1, 0x6b, 0x81, 0x84,
        0x81,
      ],
    },
    {
      why: 'NEL',
      bytes: [
        0xa4, 0xa2, 0x85, 0x99, 0x6d, 0x89, 0x84, 0x6b, 0x95, 0x81, 0x94, 0x85, 0x15, 0xa4, 0xf1, 0x6b, 0x81, 0x84,
        0x81,
      ],
    },
  ])('EBCDIC is named, lines ended by $why', ({ bytes }) => {
    expect(plan(Uint8Array.from(bytes)).reason).toMatch(
      /^The file is in EBCDIC, the encoding of mainframes; convert it/,
    )
  })
})

describe('encodings', () => {
  const text = 'user_id,name\n1,Zoë 😀\n2,b\n'
  test.each([
    { why: 'UTF-8', bytes: bytesOf(text), want: { encoding: 'utf-8', bomBytes: 0 } },
    { why: 'UTF-8 with a mark', bytes: bytesOf(`\ufeff${text}`), want: { encoding: 'utf-8', bomBytes: 3 } },
    { why: 'UTF-16 LE with a mark', bytes: utf16(text, true, true), want: { encoding: 'utf-16le', bomBytes: 2 } },
    { why: 'UTF-16 BE with a mark', bytes: utf16(text, false, true), want: { encoding: 'utf-16be', bomBytes: 2 } },
    { why: 'UTF-16 LE', bytes: utf16(text, true, false), want: { encoding: 'utf-16le', bomBytes: 0 } },
    { why: 'UTF-16 BE', bytes: utf16(text, false, false), want: { encoding: 'utf-16be', bomBytes: 0 } },
  ])('$why', ({ bytes, want }) => {
    for (const chunk of [1, 7, 1000]) {
      const read = readFile('users.csv', bytes, { chunk })
      expect(read.plan).toMatchObject(want)
      expect(read.rows.map(({ line, values }) => [line, values[2]])).toEqual([
        [2, 'Zoë 😀'],
        [3, 'b'],
      ])
    }
  })

  test('half a pair in UTF-16 holds its row', () => {
    const bytes = utf16('user_id,name\n1,\ud83d\n2,b\n3,c', true, true)
    const { rows, held } = readFile('users.csv', bytes.subarray(0, bytes.length - 1))
    expect(rows).toMatchObject([{ line: 3 }])
    expect(held.map(({ line, code }) => [line, code])).toEqual([
      [2, 'row/bad-encoding'],
      [4, 'row/bad-encoding'],
    ])
  })

  test('windows-1252 is suggested with samples that differ, and read when it is asked for', () => {
    const bytes = latin1('user_id,name\n1,Jos\u00e9\n3,Jos\u00e9\n2,5 \u0080 Gr\u00f6\u00dfe\n')
    expect(() => plan(bytes)).toThrow(
      expect.objectContaining({
        code: 'import/ambiguous',
        context: {
          file: 'users.csv',
          flag: '--encoding',
          suggestion: 'windows-1252',
          samples: 'José | 5 € Größe',
          readings: 'windows-1252: José | 5 € Größe',
          records: 3,
        },
      }),
    )
    const { rows } = readFile('users.csv', bytes, { options: { encoding: 'windows-1252' } })
    expect(rows.map(({ values }) => values[2])).toEqual(['José', 'José', '5 € Größe'])
  })

  test('an encoding that shows behind the head is found by the end', () => {
    const bytes = latin1(`user_id,name\n${'1,a\n'.repeat(5000)}2,Jos\u00e9\n`)
    expect(() => readFile('users.csv', bytes, { headBytes: 4000 })).toThrow(/--encoding windows-1252/)
  })

  test('a damaged row in a file that is UTF-8 is held', () => {
    const bytes = Uint8Array.from([...bytesOf('user_id,name\n1,Zoë\n2,Zoë\n3,J'), 0xe9, ...bytesOf('\n4,d\n')])
    const { rows, held } = readFile('users.csv', bytes)
    expect(rows).toHaveLength(3)
    expect(held).toMatchObject([{ line: 4, code: 'row/bad-encoding', raw: '3,J\ufffd' }])
  })

  test('a file that fits no table needs no encoding', () => {
    expect(plan(latin1('foo,bar\nJos\u00e9,b\n'), 'x.csv')).toMatchObject({ table: null })
  })

  test('an unknown encoding is refused', () => {
    expect(() => plan(text, 'users.csv', { encoding: 'ebcdic' })).toThrow(
      expect.objectContaining({ code: 'usage/bad-argument' }),
    )
  })

  const folder = 'torture/openrefine-encodings'
  test.skipIf(!hasCorpus(folder)).each([
    ['example-utf8.tsv', undefined],
    ['example-utf16le-bom.tsv', undefined],
    ['example-utf16be-bom.tsv', undefined],
    ['example-latin1.tsv', 'latin1'],
  ])('openrefine %s reads like the others (skipped, no corpus, where absent)', (file, encoding) => {
    const cells = (name: string, options: ImportOptions): readonly (readonly string[])[] => {
      const head = corpusBytes(`${folder}/${name}`)
      return describePlan(planFile({ file: name, head, size: head.length, isWhole: true, options }), head).sample
    }
    const found = cells(file, encoding === undefined ? {} : { encoding })
    expect(found.length).toBeGreaterThan(0)
    expect(found.flat().join()).not.toContain('\ufffd')
    if (encoding === undefined) expect(found).toEqual(cells('example-utf8.tsv', {}))
  })
})

test('readings are left out where they are, and nothing else', () => {
  const head = bytesOf('user_id,created_at\n1,25/03/2026\n2,26/03/2026\n') as Uint8Array
  const order = { file: 'users.csv', head, size: head.length, isWhole: true, options: {} }
  const whole = planFile(order)
  expect(whole.readings).not.toEqual({})
  expect(planFile({ ...order, leavesReadings: true })).toEqual({ ...whole, readings: {} })
})

describe('the description of a plan', () => {
  test('has types, samples and records, and no secret', () => {
    const head = bytesOf('user_id,email,password,extra\n1,a@b.c,hunter2,x\n2,,hunter3,x\n3,c@d.e,hunter4,y\n')
    const whole = plan(head as Uint8Array)
    expect(describePlan(whole, head)).toEqual({
      file: 'users.csv',
      format: 'csv',
      delimiter: ',',
      encoding: 'utf-8',
      table: 'users',
      reason: '2 of 4 columns belong to users',
      columns: [
        { header: 'user_id', column: 'user_id', match: 'exact', type: 'id', samples: ['1', '2', '3'] },
        { header: 'email', column: 'primary_email', match: 'synonym', type: 'email', samples: ['a@b.c', 'c@d.e'] },
        { header: 'password', column: null, match: 'secret', type: 'secret', samples: [] },
        { header: 'extra', column: null, match: 'custom', type: 'text', samples: ['x', 'y'] },
      ],
      sample: [
        ['1', 'a@b.c', '', 'x'],
        ['2', '', '', 'x'],
        ['3', 'c@d.e', '', 'y'],
      ],
    })
  })
  test('of a file that is no text is empty', () => {
    expect(describePlan(plan(''), new Uint8Array(0))).toMatchObject({ format: 'unknown', columns: [], sample: [] })
  })
})
