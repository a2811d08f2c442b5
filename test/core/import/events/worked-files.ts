import fc from 'fast-check'

/** Cells of exports in which fields are worked out, with what goes wrong in them. */
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Most cells are plain, or most files would only be refused. */
const mostly = (plain: fc.Arbitrary<string>, odd: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: plain, weight: 12 }, { arbitrary: odd, weight: 1 })

const text = fc.oneof(
  fc.constantFrom('w1', 'w2', 'acme-workspace', ''),
  fc.constantFrom(
    ' w1 ',
    'NULL',
    'null',
    '\\N',
    '-1',
    'none',
    '日本',
    '\u00a0w1',
    'w1\u3000',
    'é',
    'a"b',
    '1.23E+10',
    '0',
  ),
)
const time = mostly(
  fc.constantFrom('2026-05-31T12:00:00Z', '2026-05-31 12:00:00.123456', '2026-06-01 00:00:00', ''),
  fc.constantFrom('2026-05-31', 'null', '0000-00-00 00:00:00', 'soon', ' 2026-05-31T12:00:00Z'),
)
const uuid = fc.oneof(fc.uuid(), fc.constantFrom('', 'abc', ' abcdef1 ', 'NULL'))

/** Pieces of JSON, as text: what a path finds there may be of any kind. */
const scalar = fc.oneof(
  text.map(value => JSON.stringify(value)),
  fc.constantFrom('1', '12345678901234567890', '1.0', '-0', '1e5', 'true', 'false', 'null', '""', '[]', '["w1"]', '{}'),
  fc.constantFrom('"\\u0077\\u0031"', '"a\\/b"', '{"a":"b"}', '[[]]', '" w1"', '"\u00a0"', '"\\ud800"'),
)
const keys = fc.constantFrom(
  'workspace_id',
  'workspace_id',
  'workspaceId',
  'organization_id',
  '$lib',
  '$session_id',
  '$ip',
  '$user_id',
  '$group_0',
  '$groups.workspace',
  'work\\u0073pace_id',
  '__proto__',
  'other',
  '',
  'session_id',
)
const blank = fc.constantFrom('', '', '', ' ', '\n')
const member = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(key, blank, value).map(([name, space, body]) => `"${name}"${space}:${space}${body}`)
const objectOf = (members: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.array(members, { maxLength: 5 }), blank).map(([all, space]) => `{${space}${all.join(`${space},`)}}`)
const groups = objectOf(member(fc.constantFrom('workspace', 'company', 'organization', 'x'), scalar))
const json = fc.oneof(
  {
    arbitrary: objectOf(fc.oneof(member(keys, scalar), member(fc.constantFrom('$groups', 'groups'), groups))),
    weight: 20,
  },
  { arbitrary: fc.constantFrom('', '{}', ' {"workspace_id":"w1"} '), weight: 6 },
  fc.constantFrom('[]', '[{"workspace_id":"w1"}]', 'null', '"x"', '{"a":', '{"a":1}x'),
)

const name = mostly(fc.constantFrom('login', 'signup', 'é'), fc.constantFrom('', ' login ', 'NULL', 'x,y'))
const type = mostly(
  fc.constantFrom('track', 'page', 'screen', 'identify', 'group'),
  fc.constantFrom('', ' track ', 'NULL', 'Track'),
)

/** A kind of file: its headers with what their cells may be. */
export type WorkedKind = Readonly<{ file: string; columns: Readonly<Record<string, fc.Arbitrary<string>>> }>

export const WORKED_KINDS: Readonly<Record<string, WorkedKind>> = {
  'PostHog events': {
    file: 'posthog.csv',
    columns: { uuid, event: name, properties: json, distinct_id: text, timestamp: time, created_at: time, ip: text },
  },
  'Segment calls': {
    file: 'calls.csv',
    columns: {
      messageId: uuid,
      type,
      event: name,
      userId: text,
      anonymousId: text,
      timestamp: time,
      originalTimestamp: time,
      sentAt: time,
      receivedAt: time,
      context: json,
      properties: json,
      groupId: text,
    },
  },
  'Segment warehouse tracks': {
    file: 'tracks.csv',
    columns: {
      id: uuid,
      event: name,
      event_text: name,
      received_at: time,
      original_timestamp: time,
      user_id: text,
      anonymous_id: text,
      context_library_name: text,
      context_group_id: text,
      workspace_id: text,
      context_ip: text,
      plan: text,
    },
  },
  'Amplitude events': {
    file: 'amplitude.csv',
    columns: {
      $insert_id: uuid,
      amplitude_id: text,
      event_type: name,
      event_time: time,
      client_event_time: time,
      user_id: text,
      device_id: text,
      session_id: text,
      platform: text,
      ip_address: text,
      groups: json,
      event_properties: json,
      user_properties: json,
    },
  },
}

/** A file of a kind. */
export function workedFile({ columns }: WorkedKind, lineEnd = '\n'): fc.Arbitrary<string> {
  const row = fc.tuple(...Object.values(columns)).map(cells => cells.map(quoted).join(','))
  const odd = fc.constantFrom('', 'a,b', '"open', '"x"y,z', ',,,,,,,,,,,,,,,,,,,,,,,x')
  const header = Object.keys(columns).map(quoted).join(',')
  const cells = [
    { arbitrary: row, weight: 30 },
    { arbitrary: odd, weight: 1 },
    { arbitrary: fc.constant(header), weight: 1 },
  ]
  return fc.array(fc.oneof(...cells), { maxLength: 40 }).map(rows => [header, ...rows].join(lineEnd))
}
