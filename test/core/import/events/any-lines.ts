import fc from 'fast-check'

/** Texts of JSON values: plain ones, look-alikes, escapes that a writer makes and others, numbers that lose their spelling. */
const texts = fc.constantFrom(
  '""',
  '"w-1"',
  '" w-1 "',
  '"\u00a0w-1"',
  '"null"',
  '"NULL"',
  '"é"',
  '"日本😀"',
  '"a\\"b"',
  '"a\\\\b\\n\\t"',
  '"a\\/b"',
  '"\\u00e9"',
  '"\\ud800"',
  '"\\u0000"',
  '"{\\"a\\":1}"',
  '" {\\"ip\\":\\"10.0.0.1\\",\\"groupId\\":\\"w-8\\",\\"workspace_id\\":\\"w-8\\",\\"$group_0\\":\\"w-8\\",\\"workspace\\":[\\"w-8\\"]}"',
  '"{}"',
  '"a{b"',
  '"x:y,z"',
  '"2026-05-31T12:00:00Z"',
  '"1748692800"',
  '"\u2028"',
  `"${'long '.repeat(60)}"`,
)
const numbers = fc.constantFrom(
  '0',
  '1',
  '-1',
  '1.5',
  '1.0',
  '-0',
  '1e5',
  '1E+400',
  '12345678901234567890',
  '1748692800',
)
const literals = fc.constantFrom('true', 'false', 'null')
const blank = fc.oneof({ weight: 6, arbitrary: fc.constant('') }, fc.constantFrom(' ', '  ', '\t'))
const innerKeys = fc.constantFrom(
  'a',
  'b',
  'id',
  'ip',
  'groupId',
  'workspace_id',
  'path',
  'sessionId',
  'session_token',
  'password',
  '10',
  '2',
  '__proto__',
  'toJSON',
  'x.y',
  '',
  'é',
  'a\\"b',
  '\\u0061',
  '$oid',
  '$date',
  '$numberLong',
  'S',
)
/** Values as MongoDB writes them, and what only looks so. */
const typed = fc
  .tuple(
    fc.constantFrom(
      '$oid',
      '$date',
      '$uuid',
      '$numberInt',
      '$numberLong',
      '$numberDecimal',
      '$binary',
      'S',
      'N',
      'BOOL',
      'NULL',
    ),
    fc.oneof(
      texts,
      numbers,
      fc.constantFrom('"5"', '"1.10"', '{"$numberLong":"1777629600000"}', 'null', '{}', '["a"]'),
    ),
    fc.constantFrom('', '', '', ',"a":1'),
  )
  .map(([type, text, more]) => `{"${type}":${text}${more}}`)

const { value } = fc.letrec<{ value: string; members: string }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    numbers,
    literals,
    tie('members'),
    typed,
    fc.array(tie('value'), { maxLength: 3 }).map(all => `[${all.join(',')}]`),
  ),
  members: fc
    .array(fc.tuple(innerKeys, blank, tie('value'), blank), { maxLength: 4 })
    .map(all => `{${all.map(([key, before, text, behind]) => `"${key}":${before}${text}${behind}`).join(',')}}`),
}))

const times = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('"2026-05-31T12:00:00Z"', '"2026-05-31T12:00:00.123+02:00"') },
  fc.constantFrom('"2026-05-31"', '"2026-05-31 12:00:00"', '1748692800', '1748692800123', '"soon"', 'null', '[]'),
  fc.constantFrom(
    '{"$date":"2026-05-31T12:00:00Z"}',
    '{"$date":{"$numberLong":"1777629600000"}}',
    '{"$date":1777629600000}',
  ),
)
const names = fc.oneof({ weight: 16, arbitrary: fc.constantFrom('"login"', '"page view"') }, texts, numbers, literals)
const ids = fc.oneof(
  { weight: 4, arbitrary: fc.uuid().map(id => `"${id}"`) },
  { weight: 2, arbitrary: texts },
  numbers,
  typed,
)
const context = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('{}', '{"ip":"10.0.0.1","groupId":"w"}', '{"groupId":7,"page":{"path":"/a","n":[1]}}'),
  },
  value,
)

type Members = Readonly<Record<string, fc.Arbitrary<string>>>
/** Of records in the shape of several sources, and of what is none. */
const SHAPES: readonly Members[] = [
  {
    event_id: ids,
    event_name: names,
    timestamp: times,
    workspace_id: ids,
    user_id: ids,
    is_key_event: fc.oneof(literals, texts),
    event_weight: fc.oneof(numbers, texts),
    event_properties: fc.oneof(value, fc.constantFrom('{}', '{"a":1}', '"{}"')),
    region: value,
    build: value,
  },
  {
    type: fc.constantFrom('"track"', '"track"', '"page"', '"identify"', '7', 'null'),
    event: names,
    messageId: ids,
    timestamp: times,
    originalTimestamp: times,
    anonymousId: ids,
    userId: ids,
    context,
    properties: fc.oneof(value, fc.constant('{"workspace_id":"w-9","a":1}')),
    integrations: fc.constantFrom('{}', '{"All":true}'),
    writeKey: texts,
  },
  {
    uuid: ids,
    event: names,
    timestamp: times,
    distinct_id: ids,
    properties: fc.oneof(value, texts, fc.constant('{"$group_0":"w","$session_id":"s","$ip":"10.0.0.1"}')),
    person_id: ids,
  },
  {
    $insert_id: ids,
    event_type: names,
    event_time: times,
    user_id: ids,
    device_id: ids,
    session_id: numbers,
    amplitude_id: numbers,
    groups: fc.oneof(value, fc.constantFrom('{"workspace":["w"]}', '{"workspace":"w"}', '{"workspace":[]}')),
    event_properties: value,
    'a.b': value,
    a: value,
  },
]

/** What the head of a file of each shape shows: all its members, or some. */
export const HEADS: readonly string[] = [
  '{"event_id":"1","event_name":"login","timestamp":"2026-05-31T12:00:00Z","workspace_id":"w","user_id":"u","is_key_event":true,"event_weight":1,"event_properties":{"a":1},"region":"eu","build":7}',
  '{"event_id":"1","event_name":"login","timestamp":"2026-05-31T12:00:00Z","workspace_id":"w","user_id":"u","region":{"a":"eu","id":1},"build":[7]}',
  '{"type":"track","event":"login","messageId":"1","timestamp":"2026-05-31T12:00:00Z","originalTimestamp":"2026-05-31T12:00:00Z","anonymousId":"a","userId":"u","context":{"ip":"10.0.0.1","groupId":"w","page":{"path":"/a"},"a":1,"path":"x"},"properties":{"workspace_id":"w"},"integrations":{},"writeKey":"k"}',
  '{"type":"track","event":"login","eventId":"1","timestamp":"2026-05-31T12:00:00Z","anonymousId":"a","userId":"u","context":{"ip":"10.0.0.1","sessionId":"s"}}',
  '{"uuid":"1","event":"login","timestamp":"2026-05-31T12:00:00Z","distinct_id":"u","properties":{"$group_0":"w","$session_id":"s"},"person_id":"p"}',
  '{"$insert_id":"1","event_type":"login","event_time":"2026-05-31T12:00:00Z","user_id":"u","device_id":"d","session_id":1,"amplitude_id":2,"groups":{"workspace":["w"]},"event_properties":{"a":1},"a.b":1,"a":{"x":1,"id":2}}',
  '{"$insert_id":"1","event_type":"login","event_time":"2026-05-31T12:00:00Z","user_id":"u","amplitude_id":2,"groups":{"workspace":"w","a":1},"event_properties":{"a":1},"a":{"b":1}}',
  '{"_id":{"$oid":"1"},"event_name":"login","timestamp":{"$date":"2026-05-31T12:00:00Z"},"user_id":{"$oid":"u"},"workspace_id":{"$uuid":"w"},"region":{"$oid":"r"},"build":{"$date":7},"more":{"id":"1","at":2}}',
  '{"type":"track","event":"login","messageId":"1","timestamp":"2026-05-31T12:00:00Z","anonymousId":"a","userId":"u","receivedAt":"2026-05-31T12:00:00Z"}',
  '{"type":"track","event":"login","messageId":"1","timestamp":"2026-05-31T12:00:00Z","userId":"u","sentAt":"2026-05-31T12:00:00Z","properties":{"workspace_id":"w"}}',
  '{"type":"page","messageId":"1","originalTimestamp":"2026-05-31T12:00:00Z","anonymousId":"a","context":{"groupId":"w"}}',
  '{"type":"page","messageId":"1","originalTimestamp":"2026-05-31T12:00:00Z","anonymousId":"a","context":{},"properties":null}',
]
const SHAPE_OF: readonly number[] = [0, 0, 1, 1, 2, 3, 3, 0, 1, 1, 1, 1]

/** A record like that of the head, with what may be otherwise in few places: a value, a member more or twice, all of it. */
function lineOf(head: number): fc.Arbitrary<string> {
  const plain = JSON.parse(HEADS[head] ?? '{}') as Readonly<Record<string, unknown>>
  const odd = SHAPES[SHAPE_OF[head] ?? 0] ?? {}
  const each = [...new Set([...Object.keys(plain), ...Object.keys(odd)])].map(key => {
    const said = key in plain ? JSON.stringify(plain[key]) : '-'
    const other = odd[key] ?? value
    const choice = fc.oneof({ weight: 25, arbitrary: fc.constant(said) }, other, fc.constantFrom('null', '-'))
    return fc.tuple(fc.constant(key), choice)
  })
  const extra = fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    fc.array(fc.tuple(innerKeys, value), { maxLength: 2 }),
  )
  const record = fc.tuple(fc.tuple(...each), extra, blank, fc.nat(40)).map(([own, more, gap, turn]) => {
    const all = [...own, ...more].filter(([, text]) => text !== '-')
    const twice = turn === 1 ? all.slice(0, 1) : []
    return `{${[...all, ...twice].map(([key, text]) => `"${key}":${gap}${text}`).join(`,${gap}`)}${gap}}`
  })
  return fc.oneof({ weight: 20, arbitrary: record }, { weight: 1, arbitrary: BROKEN })
}

const BROKEN = fc.constantFrom(
  '{}',
  '',
  '   ',
  '[]',
  '7',
  '{"event":',
  'null',
  '\ufeff{"event":"a"}',
  '{"event":"a"}}',
  '"x"',
)

/** Which head, and lines like it with the breaks behind them. */
export const anyLines: fc.Arbitrary<readonly [head: number, lines: readonly string[]]> = fc
  .nat(HEADS.length - 1)
  .chain(head => {
    const end = fc.oneof({ weight: 8, arbitrary: fc.constant('\n') }, fc.constantFrom('\r\n', '\r'))
    const line = fc.tuple(lineOf(head), end).map(([text, behind]) => text + behind)
    return fc.tuple(fc.constant(head), fc.array(line, { minLength: 1, maxLength: 25 }))
  })
