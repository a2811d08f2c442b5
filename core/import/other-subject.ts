import { TABLES, type TableName } from '#schema/tables'
import { normalHeader } from './headers.ts'

/** What shows that the records of a file are not what the table holds, but refer to it. */
export type OtherSubject = Readonly<{
  /** Header of the records' own id. */
  own: string
  /** Header of the table's key, or of its first part. */
  key: string
  /** Records whose key another record before it has. */
  again: number
  /** Records looked at in which both are filled. */
  of: number
}>

type Asked = Readonly<{
  table: TableName
  /** Name of the file without its folders and endings, in words. */
  words: readonly string[]
  columns: readonly Readonly<{ header: string; column: string | null }>[]
  records: readonly (readonly string[])[]
}>

/** Records that say how a person stood at a time have an id of their own and may come again: the last one counts. */
const OF_PEOPLE =
  /^(?:identif\w*|identity|identities|traits?|profiles?|people|persons?|customers?|members?|snapshots?)$/
/** Ids of a message, a line or a device: they say nothing about what a record is. */
const OF_NOTHING =
  /^(?:message|event|request|anonymous|external|row|record|line|import|source|batch|sync|insert|device|original|legacy)$/
const OWN_ID = /^(.+?)(?:[\s_-]+[iI][dD]|(?<=\p{Ll})I[dD])$/u
/** Own words for what a table holds: where the records have such an id, the key that comes again is a slip or says several workspaces. */
const OF_TABLE: Readonly<Partial<Record<TableName, RegExp>>> = {
  users: /^(?:person|people|profile|customer|(?:team)?member|signup|lead|contact|employee|seat|account)$/,
  contacts: /^(?:person|people|profile|customer|member|lead|prospect)$/,
  accounts: /^(?:customer|company|organi[sz]ation|tenant|client|parent)$/,
  workspaces: /^(?:customer|company|organi[sz]ation|tenant|client|account|team)$/,
  subscriptions: /^(?:licen[cs]e|contract|plan)$/,
}
/** By less than this, keys that come again may be slips: share of the records, where the file is named after its own id and else. */
const LEAST_AGAIN = { named: 0.02, other: 0.05 } as const
/** So many of few records, or a third of them. */
const LEAST_COUNT = 2

/**
 * Are the records of a file something else, which only names what the table holds? Boards name a workspace, tickets a user:
 * an id of their own differs in all of them, while the table's key comes again.
 *
 * One key in fifty has to come again where the file is named after its own id (`boards` and `board_id`), else one in twenty; two at
 * least, or a third of a few records. An id by another word for what the table holds (`member_id` of users) is none of its own.
 * Tables of what happens (events, outcomes) are never asked about, since each of their records refers to somebody.
 *
 * @returns what shows it; null where nothing does
 *
 * Source: docs/methods/import.md, "Tables".
 */
export function otherSubject({ table, words, columns, records }: Asked): OtherSubject | null {
  if (table === 'events' || table === 'outcomes') return null
  const keys = TABLES[table].key.map(name => columns.findIndex(({ column }) => column === name))
  const key = columns[keys[0] ?? -1]?.header
  if (key === undefined || keys.includes(-1)) return null
  const ownIds = columns.flatMap(({ header, column }, at) => {
    const noun = column === null ? nounOfId(header, table, words) : null
    return noun === null ? [] : [{ header, noun, at }]
  })
  for (const { header, noun, at } of ownIds) {
    const found = comesAgain(records, at, keys)
    const least = found.of * LEAST_AGAIN[isNounOf(words, noun) ? 'named' : 'other']
    const isEnough = found.again >= LEAST_COUNT || found.again * 3 >= found.of
    if (found.again > 0 && isEnough && found.again >= least) return { own: header, key, ...found }
  }
  return null
}

/** What a header makes an id of: `board` of `board_id`, '' of `id`; null where it names no id of what a record is. */
function nounOfId(header: string, table: TableName, words: readonly string[]): string | null {
  if (normalHeader(header) === 'id') return words.some(word => OF_PEOPLE.test(word)) ? null : ''
  const noun = normalHeader(OWN_ID.exec(header.trim())?.[1] ?? '')
  return noun === '' || OF_NOTHING.test(noun) || OF_TABLE[table]?.test(noun) === true ? null : noun
}

/** How many records have a key that came before; none where their own ids come again, too. */
function comesAgain(
  records: readonly (readonly string[])[],
  own: number,
  keys: readonly number[],
): Pick<OtherSubject, 'again' | 'of'> {
  const seen = { own: new Set<string>(), key: new Set<string>() }
  let of = 0
  for (const cells of records) {
    const [id = '', ...key] = [own, ...keys].map(at => (cells[at] ?? '').trim())
    if (id === '' || key.includes('')) continue
    of++
    seen.own.add(id)
    seen.key.add(key.join('\u0000'))
  }
  return { again: seen.own.size < of ? 0 : of - seen.key.size, of }
}

/** Does the file's name end with the noun, in its singular or plural? */
function isNounOf(words: readonly string[], noun: string): boolean {
  const name = words.join('')
  return noun !== '' && [noun, `${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies')].some(form => name.endsWith(form))
}
