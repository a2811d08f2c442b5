/** `Deal - ID` or `Deal: ID`: what the record is, then the field. A dot is the joint of a path and taken out elsewhere. */
const PARTS = /^\s*(.+?)\s*(?: [-\u2013] |: |\/)\s*(\S.*)$/

/** `users.email`, as Hive writes the names of all columns, and `users[email]` or `'App users'[email]`, as Power BI does. */
const OF_TABLE = /^\s*(?:([\p{L}_][\p{L}\p{N}_]*)\.(\S.*)|'?([\p{L}_][^[\]']*)'?\[([^[\]]+)\]\s*)$/u

/** Labels of the views of Looker that are tables here, and what one record of them is called. */
const OF_VIEW: ReadonlyMap<string, string> = new Map([
  ['Users', 'user'],
  ['Workspaces', 'workspace'],
  ['Memberships', 'membership'],
  ['Subscriptions', 'subscription'],
  ['Events', 'event'],
  ['Accounts', 'account'],
  ['Contacts', 'contact'],
  ['Deals', 'deal'],
])
/** `Users Created Time`: the label of a view, then that of a field, which has its grain behind it where it is a time. */
const LABEL = /^\s*(\p{L}+) (?=[\p{Lu}\d])(\S.*?)\s*$/u

/**
 * The same of the labels that Looker writes: each begins with the name of a view. Ids of records of other views than the most
 * frequent one are told by it, too.
 *
 * @returns null where not every header begins with the name of a table
 */
function labelRests(headers: readonly string[]): readonly (string | null)[] | null {
  const labels: (readonly [view: string, field: string])[] = []
  for (const header of headers) {
    const [, view = '', field = ''] = LABEL.exec(header) ?? []
    if (!OF_VIEW.has(view)) return null
    labels.push([view, field])
  }
  const { main } = mostFrequent(labels.map(([view]) => view))
  return labels.map(([view, field]) => {
    if (field === 'ID') return `${OF_VIEW.get(view)}_id`
    if (view !== main) return null
    return view === 'Events' && field === 'Name' ? 'event_name' : field.replace(/ (?:Time|Date)$/, '_at')
  })
}

/**
 * What is left of headers that all say first what they are of, as `Deal - Value` beside `Person - ID` do: the most frequent of
 * these beginnings is left off.
 *
 * @param headers as written in the file
 * @returns one per header, null where it begins otherwise; all null where not every header has a beginning, or none begins half
 *   of them. Labels of Looker (`Users ID`) have the name of the id in its place, and `_at` in that of the grain of a time
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function headerRests(headers: readonly string[]): readonly (string | null)[] {
  const none = headers.map(() => null)
  if (headers.length < 2) return none
  const ofTable = tableRests(headers)
  if (ofTable !== null) return ofTable
  const labelled = labelRests(headers)
  if (labelled !== null) return labelled
  const parts: (readonly [start: string, rest: string])[] = []
  for (const header of headers) {
    const found = PARTS.exec(header)
    if (found === null) return none
    parts.push([(found[1] ?? '').toLowerCase(), found[2] ?? ''])
  }
  const { main, count } = mostFrequent(parts.map(([start]) => start))
  if (2 * count < headers.length) return none
  return parts.map(([start, rest]) => (start === main ? rest : null))
}

/** What stands behind the name of the table, where all headers have the same one. */
function tableRests(headers: readonly string[]): readonly (string | null)[] | null {
  // A column of row numbers has no name.
  const first = OF_TABLE.exec(headers.find(header => header !== '') ?? '')
  if (first === null) return null
  const table = first[1] ?? first[3]
  const named = headers.map(header => OF_TABLE.exec(header))
  const isOfAll = named.every((found, at) => (found === null ? headers[at] === '' : (found[1] ?? found[3]) === table))
  return isOfAll ? named.map(found => found?.[2] ?? found?.[4] ?? null) : null
}

/** Of equally frequent ones the first. */
function mostFrequent(beginnings: readonly string[]): Readonly<{ main: string; count: number }> {
  const counts = new Map<string, number>()
  for (const beginning of beginnings) counts.set(beginning, (counts.get(beginning) ?? 0) + 1)
  let [main, most] = ['', 0]
  for (const [beginning, count] of counts) if (count > most) [main, most] = [beginning, count]
  return { main, count: most }
}

/** Records that a program hands on inside of its own: the member that holds them, and what else its record has. */
const ENVELOPES: readonly (readonly [inside: RegExp, beside: RegExp])[] = [
  // Elasticsearch
  [/^_source\.(.+)$/, /^(?:_(?:index|type|id|score|version|seq_no|primary_term|routing|ignored)|sort)$/],
  // JSON:API
  [/^attributes\.(.+)$/, /^(?:type|id|(?:links|relationships|meta)(?:\..+)?)$/],
  // Airtable
  [/^fields\.(.+)$/, /^(?:id|createdTime)$/],
]

/**
 * The headers of JSON records as the program that made the records called them, where another one hands them on inside a
 * member of its own (`_source.user_id` beside `_id` and `_score`).
 *
 * @returns one per header; the headers as they are where any of them stands beside such a member and is not the envelope's
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function withoutEnvelope(headers: readonly string[]): readonly string[] {
  for (const [inside, beside] of ENVELOPES) {
    if (!headers.every(header => inside.test(header) || beside.test(header))) continue
    if (!headers.some(header => inside.test(header))) continue
    const names = new Set(headers.flatMap(header => inside.exec(header)?.[1]?.toLowerCase() ?? []))
    const isHidden = (header: string): boolean =>
      OF_ENVELOPE.test(header) || names.has(header.replace(/^_/, '').toLowerCase())
    return headers.map(header => inside.exec(header)?.[1] ?? (isHidden(header) ? '' : header))
  }
  return headers
}

/** What an envelope says of itself, and never of what it holds. */
const OF_ENVELOPE = /^(?:type|_type|_index|_score|sort)$/
