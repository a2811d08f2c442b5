import type { Calendar, Instant } from '#lib/time'
import type { ContactLink } from '#route'
import type { SetAside } from '#schema/cells'
import type { ListedTables } from '#schema/dataset'
import type { JudgedUnit } from '#schema/findings'
import type { Identities, PersonIdentifier } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { Anomaly } from '#schema/rollups'
import type { RouteDecision } from '#schema/route'
import type { BookInput, ListedValues } from './address-book.ts'
import type { Rows } from './export-file.ts'

/** A held row with the file it is from. */
export type HeldLine = Readonly<{
  file: string
  line: number
  column: string
  value: string
  code: string
  message: string
}>

/** Identities of a run, as an export needs them. */
type ExportedIdentities = Omit<Identities, 'identifiers' | 'mergedWorkspaces'> &
  Readonly<{ identifiers: Rows<PersonIdentifier> }>

/** What a run has beside its units, as an export needs it. */
export type ExportGround = Readonly<{
  identities: ExportedIdentities
  /** As in `addressBookOf`. */
  contactLinks: readonly ContactLink[]
  /** As in `addressBookOf`. */
  values?: ListedValues
  /** As in `addressBookOf`. */
  readAddress?: NonNullable<BookInput['readAddress']>
  anomalies: readonly Anomaly[]
  setAside: readonly SetAside[]
  heldRows: readonly HeldLine[]
  dataset: ListedTables
  model: ScoringModel
  modelHash: string
  asOf: Instant
  calendar: Calendar
}>

/** One finished run, as an export needs it. */
export type ExportInput = ExportGround &
  Readonly<{
    /** Units with their scores (ledger lines included) and findings, in any order. */
    judged: readonly JudgedUnit[]
    /** One decision per unit, in the order of `judged`. */
    routes: readonly RouteDecision[]
    /** unit id -> instant since which the present stage holds, from earlier runs; a unit that is missing holds it since asOf. */
    stageSince?: ReadonlyMap<string, Instant>
  }>
