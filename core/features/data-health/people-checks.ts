import { instantOfMoment } from '#lib/time'
import type { HealthRow, RowColumn } from '#schema/data-health'
import type { Row } from '#schema/tables'
import { networkOf } from '../network.ts'
import type { Found, HealthInput } from './health-input.ts'
import type { PersonalReader } from './personal-address.ts'

const MINUTE_MS = 60_000

const ADDRESSES: readonly RowColumn[] = [
  { id: 'user', label: 'User', kind: 'id' },
  { id: 'name', label: 'Name', kind: 'text' },
  { id: 'address', label: 'Address', kind: 'text' },
  { id: 'created', label: 'Created', kind: 'moment' },
]
const SIGNUPS: readonly RowColumn[] = [
  { id: 'user', label: 'User', kind: 'id' },
  { id: 'address', label: 'Address', kind: 'text' },
  { id: 'network', label: 'Network', kind: 'text' },
  { id: 'created', label: 'Created', kind: 'moment' },
]

/**
 * Users whose address is none, users with a personal address, and those created by bots.
 *
 *   none      a text that is no address and no placeholder; the share is that of users with such a text or an address
 *   personal  free-mail or disposable domain; the share is that of users with an address
 *   bots      the users of each bot_signups anomaly: created in its minute from its network
 *
 * @param isPersonal reads an address
 * @returns the three findings, rows in the order of user ids
 *
 * Source: docs/methods/data-health.md, "People".
 */
export function checkPeople(input: HealthInput, isPersonal: PersonalReader): Found[] {
  return [...addressesOf(input, isPersonal), botUsers(input)]
}

function addressesOf({ dataset, readAddress }: HealthInput, isPersonal: PersonalReader): Found[] {
  const rows: HealthRow[] = []
  const none: HealthRow[] = []
  let of = 0
  for (const { user_id, name, primary_email, created_at } of dataset.users) {
    const verdict = isPersonal(primary_email)
    const row = { values: [user_id, name, primary_email, created_at], place: placeOf(user_id) }
    if (verdict !== null) of++
    else if (primary_email !== null && readAddress(primary_email).guard === 'not_an_address') none.push(row)
    if (verdict === true) rows.push(row)
  }
  return [
    { code: 'no_address', count: none.length, of: of + none.length, rows: { columns: ADDRESSES, rows: none } },
    { code: 'personal_mail', count: rows.length, of, rows: { columns: ADDRESSES, rows } },
  ]
}

function botUsers({ anomalies, roster, calendar }: HealthInput): Found {
  const found = anomalies.filter(({ kind }) => kind === 'bot_signups')
  const groups = new Set(found.map(({ subject, firstAt }) => `${subject} ${Math.floor(firstAt / MINUTE_MS)}`))
  const networkIn = (row: Row<'users'>): string | null => {
    if (row.created_at === null || row.signup_ip === null) return null
    const network = networkOf(row.signup_ip)
    const minute = Math.floor(instantOfMoment(row.created_at, calendar) / MINUTE_MS)
    return network !== null && groups.has(`${network} ${minute}`) ? network : null
  }
  const users = groups.size === 0 ? [] : [...roster.users.values()]
  const rows = users.flatMap((row): HealthRow[] => {
    const network = networkIn(row)
    if (network === null) return []
    return [{ values: [row.user_id, row.primary_email, network, row.created_at], place: placeOf(row.user_id) }]
  })
  return {
    code: 'bot_signup',
    count: found.reduce((total, { count }) => total + count, 0),
    of: roster.users.size,
    evidence: found.map(({ evidence }) => evidence),
    rows: { columns: SIGNUPS, rows },
  }
}

function placeOf(userId: string): HealthRow['place'] {
  return { kind: 'record', table: 'users', key: [userId] }
}
