import { sharedWords } from '#lib/shared-words'
import type { RecordValues } from '../block/gathered-values.ts'
import type { RecordPlaces } from '../block/record-places.ts'
import { soleCodes } from '../columns/list.ts'
import { NAME_KIND } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { MOST_ATTRIBUTE_STEPS } from '../weigh/steps.ts'
import { type Apart, MAY_IDENTIFY } from './comparison.ts'

type Reach = Readonly<{
  rows: Uint32Array
  places: RecordPlaces | null
  slip: number
  different: number
  byDomain: Int32Array
}>

/** Words of a record in `reachRows`: a place in memory each, since pairs jump from record to record. */
const ROW = 8
const [OPEN, OWN, LOOSE, DOMAIN, HOST, LOCAL, LENGTH, BOX] = [0, 1, 2, 3, 4, 5, 6, 7]

/**
 * The most that the addresses of two records can get, where each has one address, one handle and a name; else everything.
 *
 * @param columns records
 * @param bounds rows of the records, and the steps of the levels that are not looked at here
 * @returns reach of two records, as `Comparison` has it
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function emailReach(columns: PersonColumns, { rows, places, slip, different, byDomain }: Reach) {
  const isShared = sharesMailbox(columns)
  const reachOfLists = (a: number, b: number): number => (isShared(a, b) ? MAY_IDENTIFY : MOST_ATTRIBUTE_STEPS)
  // Records have a row each, domains their steps.
  return (a: number, b: number): number => {
    const [p, q] = places === null ? [a * ROW, b * ROW] : [placeOf(places, a) * ROW, placeOf(places, b) * ROW]
    if (((rows[p + OPEN] as number) | (rows[q + OPEN] as number)) === 1) return reachOfLists(a, b)
    if (isOne(rows, p + BOX, q + BOX)) return MAY_IDENTIFY
    if (isOne(rows, p + OWN, q + OWN) || isOne(rows, p + LOOSE, q + LOOSE)) return MOST_ATTRIBUTE_STEPS
    const company = rows[p + DOMAIN] as number
    const atCompany = company !== 0 && company === rows[q + DOMAIN] ? (byDomain[company] as number) : 0
    return Math.max(0, different, mayBeSlip(rows, p, q) ? slip : 0, atCompany)
  }
}

/**
 * What two records may get whose addresses have nothing in common.
 *
 * @param bounds as for `emailReach`
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function emailsApart({ rows, different }: Pick<Reach, 'rows' | 'different'>): Apart {
  const at = (place: number, isNoneShared = false): RecordValues => ({
    words: rows,
    isPlaced: true,
    width: ROW,
    place,
    isNoneShared,
  })
  const values = [at(BOX), at(OWN), at(LOOSE), at(DOMAIN), at(HOST, true), at(LOCAL, true)]
  return { steps: Math.max(0, different), values, open: at(OPEN) }
}

function placeOf(places: RecordPlaces, record: number): number {
  return places.placeOf[record] as number // records have a place each
}

function isOne(rows: Uint32Array, x: number, y: number): boolean {
  return rows[x] !== 0 && rows[x] === rows[y]
}

function mayBeSlip(rows: Uint32Array, p: number, q: number): boolean {
  const apart = (rows[p + LENGTH] as number) - (rows[q + LENGTH] as number) // within the rows
  return apart <= 1 && apart >= -1 && (rows[p + HOST] === rows[q + HOST] || rows[p + LOCAL] === rows[q + LOCAL])
}

/**
 * What is looked at of each record, side by side.
 *
 * @param columns records
 * @param length of each address
 * @param places where the row of each record lies
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function reachRows(columns: PersonColumns, length: Uint32Array, places: RecordPlaces | null): Uint32Array {
  const { emails, email, names, name, size } = columns
  const { canonical, loose, host, domain, handle } = emails
  const [address, own] = [soleCodes(email), soleCodes(columns.handle)]
  const rows = sharedWords(size * ROW)
  for (let i = 0; i < size; i++) {
    // One of each per record; codes lie within their tables.
    const [at, code] = [(places === null ? i : placeOf(places, i)) * ROW, address.only[i] as number]
    const isNamed = (names.kind[name[i] as number] as number) >= NAME_KIND.part
    rows[at + OPEN] = isNamed && address.isMany[i] === 0 && own.isMany[i] === 0 ? 0 : 1
    rows[at + OWN] = own.only[i] as number
    rows[at + LOOSE] = loose[code] as number
    rows[at + DOMAIN] = domain[code] as number
    rows[at + HOST] = host[code] as number
    rows[at + LOCAL] = handle[code] as number
    rows[at + LENGTH] = length[code] as number
    rows[at + BOX] = canonical[code] as number
  }
  return rows
}

/** Has one of the addresses of a record the mailbox of one of the other's? */
function sharesMailbox({ email, emails: { canonical } }: PersonColumns): (a: number, b: number) => boolean {
  const { offsets } = email
  const mailboxes = email.codes.map(code => canonical[code] as number) // codes lie within their table
  return (a, b) => {
    const end = offsets[b + 1] as number // one entry more than there are records
    for (let i = offsets[a] as number; i < (offsets[a + 1] as number); i++) {
      const mailbox = mailboxes[i] as number
      for (let j = offsets[b] as number; j < end; j++) if (mailbox !== 0 && mailbox === mailboxes[j]) return true
    }
    return false
  }
}
