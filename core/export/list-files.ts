import type { Day, Instant } from '#lib/time'
import { LIST_COLUMNS, type ListColumn } from '#schema/list-columns'
import { type Column, day, flag, id, instant, LIST_SEPARATOR, number, tenths, text, word } from './column.ts'
import { csvFile, type ExportFile, type Rows } from './export-file.ts'

/** A unit as lists show it. */
export type ListedUnit = Readonly<{
  unitId: string
  unitName: string | null
  accountId: string | null
  accountName: string | null
  score: number
  stage: string
  buckets: Readonly<Record<'activation' | 'depth' | 'expansion' | 'intent' | 'fit' | 'negative', number>>
  destination: string
  also: readonly string[]
  reason: string | null
  owner: string | null
  ownerName: string | null
  ownerTeam: string | null
  health: string
  lastActiveAt: Instant | null
}>

/** A person's part in a unit, as lists show it. */
export type ListedPerson = Readonly<{
  personId: string
  name: string | null
  email: string | null
  unitId: string
  unitName: string | null
  userScore: number
  role: string
  roleFactor: number
  isRepresentative: boolean
  lastActiveDay: Day | null
  events30d: number
}>

type Of<R> = Readonly<{ name: string; rows: Rows<R>; asOf: Instant }>

/**
 * A list of units as it is seen: the same rows in the same order, and of the columns those that are shown. Columns that
 * scores.csv has too have its names and its form.
 *
 * @param list name of the file, rows in order, instant of the run
 * @param shown columns that are not left out
 *
 * Source: docs/methods/export.md, "Lists as seen".
 */
export function unitListFile({ name, rows, asOf }: Of<ListedUnit>, shown: readonly ListColumn[]): ExportFile {
  const columns = LIST_COLUMNS.filter(column => shown.includes(column)).flatMap(column => SHOWN[column])
  return csvFile({ name, rows, columns: [...IDENTITY, ...columns, instant('as_of', () => asOf)], keyOf: keyOfUnit })
}

const keyOfUnit = ({ unitId }: ListedUnit): string => unitId

const IDENTITY: readonly Column<ListedUnit>[] = [
  id('unit_id', row => row.unitId),
  text('unit_name', row => row.unitName),
  id('account_id', row => row.accountId),
  text('account_name', row => row.accountName),
]

const BUCKET_COLUMNS = (['activation', 'depth', 'expansion', 'intent', 'fit', 'negative'] as const).map(bucket =>
  number<ListedUnit>(bucket, row => row.buckets[bucket]),
)

const SHOWN: Readonly<Record<ListColumn, readonly Column<ListedUnit>[]>> = {
  score: [tenths('pql_score', row => row.score), ...BUCKET_COLUMNS],
  stage: [word('pql_stage', row => row.stage)],
  destination: [word('destination', row => row.destination), word('also', row => row.also.join(LIST_SEPARATOR))],
  reason: [text('reason_1', row => row.reason)],
  owner: [
    text('owner_team', row => row.ownerTeam),
    text('owner', row => row.owner),
    text('owner_name', row => row.ownerName),
  ],
  health: [word('health', row => row.health)],
  lastActive: [instant('last_active_at', row => row.lastActiveAt)],
}

/**
 * A list of people by unit as it is seen: the same rows in the same order.
 *
 * @param list name of the file, rows in order, instant of the run
 *
 * Source: docs/methods/export.md, "Lists as seen".
 */
export function personListFile({ name, rows, asOf }: Of<ListedPerson>): ExportFile {
  const columns: readonly Column<ListedPerson>[] = [
    id('person_id', row => row.personId),
    text('name', row => row.name),
    text('email', row => row.email),
    id('unit_id', row => row.unitId),
    text('unit_name', row => row.unitName),
    number('user_score', row => row.userScore),
    word('role', row => row.role),
    number('role_factor', row => row.roleFactor),
    flag('is_representative', row => row.isRepresentative),
    day('last_active_day', row => row.lastActiveDay),
    number('events_30d', row => row.events30d),
    instant('as_of', () => asOf),
  ]
  return csvFile({ name, rows, columns, keyOf: ({ personId, unitId }) => `${personId} ${unitId}` })
}
