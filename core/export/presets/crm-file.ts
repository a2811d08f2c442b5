import { type Column, tenths, text, word } from '../column.ts'
import type { TaskChannel } from '../routing-files.ts'
import type { KnownRecord } from './crm-snapshot.ts'
import type { CompanyHandOff, HandOff, PersonHandOff } from './hand-off.ts'

export const PRESETS = ['hubspot', 'salesforce', 'attio', 'generic'] as const
export type PresetId = (typeof PRESETS)[number]

/** What a CRM keeps records of. */
export const CRM_OBJECTS = ['company', 'person', 'user', 'workspace', 'deal', 'task', 'note', 'hand_off'] as const
export type CrmObject = (typeof CRM_OBJECTS)[number]

/** Something to do for a unit. */
export type TaskHandOff = Readonly<{
  unit: HandOff
  channel: TaskChannel
  title: string
  body: string
  /** `2026-06-01` */
  due: string
  isUrgent: boolean
  person: PersonHandOff | null
  company: CompanyHandOff | null
}>

/** A note beside a unit. */
export type NoteHandOff = Readonly<{
  unit: HandOff
  kind: 'milestones' | 'hand_off'
  title: string
  body: string
  person: PersonHandOff | null
  company: CompanyHandOff | null
}>

/** A unit on one channel's list with the text that the channel gets. */
export type ChannelHandOff = Readonly<{
  unit: HandOff
  channel: string
  title: string
  body: string
  due: string | null
  person: PersonHandOff | null
  company: CompanyHandOff | null
}>

/** A unit with whom it belongs to. */
export type UnitHandOff = Readonly<{ unit: HandOff; person: PersonHandOff | null; company: CompanyHandOff | null }>

/** What rows of each object are made of. */
export type CrmRows = Readonly<{
  company: CompanyHandOff
  person: PersonHandOff
  user: PersonHandOff
  workspace: UnitHandOff
  deal: UnitHandOff
  task: TaskHandOff
  note: NoteHandOff
  hand_off: ChannelHandOff
}>

/** A column of a CRM's file with that CRM's own rules about it. */
export type CrmColumn<R> = Column<R> &
  Readonly<{
    /** A row without it is not taken. */
    isRequired?: true
    /** Longest text that is taken, in characters; what is longer is cut and told. */
    maxLength?: number
    /** Words that are taken; empty: not known. */
    options?: ReadonlySet<string>
    /** It changes with every export: a row is not new by it. */
    isVolatile?: true
    /** Its cell names an owner. */
    isOwner?: true
    /** What stands in the way of an owner or another value that is known; null: none is. */
    whyEmpty?(row: R): string | null
  }>

/** A cell that says something in place of what is not known: `about` in the same words for all rows. */
export type FilledIn = Readonly<{ about: string; text: string }>

/** A file of a preset. */
export type CrmFile<O extends CrmObject> = Readonly<{
  /** Without ending; further parts get `_2`, `_3` ... */
  name: string
  object: O
  title: string
  /** How it is to be imported. */
  note: string
  /** `create`: records that the CRM has none of; `update`: records that it knows by their id; `any`: both, by a key of ours. */
  takes: 'create' | 'update' | 'any'
  /** Why a row cannot be taken, beside required columns; null: it can. */
  refuses?(row: CrmRows[O]): string | null
  /** A row of this kind only; missing: all. */
  isFor?(row: CrmRows[O]): boolean
  /** What was put into cells because the CRM wants something there. */
  placeholders?(row: CrmRows[O]): readonly FilledIn[]
  columns: readonly CrmColumn<CrmRows[O]>[]
  /** Records of one file, the header aside, and its bytes. */
  maxRows: number
  maxBytes: number
}>

/** A file of any object. */
export type AnyCrmFile = { readonly [O in CrmObject]: CrmFile<O> }[CrmObject]

/** Ids by which the CRM of a preset knows its own records. */
export type IdReader = (object: 'company' | 'person', record: KnownRecord) => string | null

/** A CRM with its files, in the order in which they are to be imported. */
export type CrmPreset = Readonly<{
  preset: PresetId
  title: string
  files: readonly AnyCrmFile[]
  /** The CRM's id of a record; null where none of the record's ids is one of this CRM. */
  idOf: IdReader
  /** Has an id the form of the CRM's, whether or not it is told to be one? */
  looksOwn(id: string, object: 'company' | 'person'): boolean
  /** A record that was imported without an id, with its address in place of one, is what the CRM has under that address. */
  isMatchedByContent: boolean
  /** It keeps one company per domain: accounts of one domain are one row. */
  isOnePerDomain: boolean
  /** It keeps one person per address: persons of one address are one row. */
  isOnePerAddress: boolean
  /** A record of these objects is written once: the CRM makes a new one of each row. */
  once: readonly CrmObject[]
  /** Files beside those that were written, by their names without ending. */
  companions(written: readonly string[]): readonly Readonly<{ name: string; text: string }>[]
}>

/**
 * The same column with rules of the CRM.
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function ruled<R>(column: Column<R>, rules: Omit<CrmColumn<R>, keyof Column<R>>): CrmColumn<R> {
  return { ...column, ...rules }
}

/** How a CRM names what it gets of a unit. */
export type UnitNames = Readonly<{
  score: string
  stage: string
  reasons: string
  scoredAt: string
  version: string
  channel: string
  next: string
  sequence: string
}>

/** What all rows of a delivery have in common. */
export type CrmRun = Readonly<{
  /** ISO 8601 in UTC with milliseconds. */
  asOf: string
  /** `Recipe v1 (1a2b3c4d)` */
  model: string
  sequenceOf(unit: HandOff): string | null
  /** The rules name a sequence: without one, CRMs that have no field for it get no column. */
  hasSequences?: boolean
}>

/**
 * Score, stage, reasons and the like of a unit, under the names of a CRM.
 *
 * @param unitOf the unit of a row
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function unitColumns<R>(
  names: Partial<UnitNames>,
  unitOf: (row: R) => HandOff,
  run: CrmRun,
  longest: number,
): readonly CrmColumn<R>[] {
  const all: readonly (readonly [string | undefined, (name: string) => CrmColumn<R>])[] = [
    [names.score, name => tenths(name, row => unitOf(row).score)],
    [names.stage, name => word(name, row => unitOf(row).stage)],
    [
      names.reasons,
      name =>
        ruled(
          text(name, row => unitOf(row).reasonLine),
          { maxLength: longest },
        ),
    ],
    [names.channel, name => word(name, row => unitOf(row).destination)],
    [
      names.next,
      name =>
        ruled(
          text(name, row => unitOf(row).nextStep),
          { maxLength: longest },
        ),
    ],
    [names.sequence, name => text(name, row => run.sequenceOf(unitOf(row)))],
    [
      names.scoredAt,
      name =>
        ruled(
          word(name, () => run.asOf),
          { isVolatile: true },
        ),
    ],
    [names.version, name => text(name, () => run.model)],
  ]
  return all.flatMap(([name, make]) => (name === undefined ? [] : [make(name)]))
}

/**
 * First and last name: the last word is the last name; `Doe, Jane` is turned round.
 *
 * @param name as people wrote it; null where it is unknown
 *
 * Source: docs/methods/export.md, "Names".
 */
export function nameParts(name: string | null): Readonly<{ first: string | null; last: string | null }> {
  const words = (name ?? '').trim().split(/\s+/).filter(Boolean)
  const [head = ''] = words
  if (words.length > 1 && head.endsWith(',')) return { first: words.slice(1).join(' '), last: head.slice(0, -1) }
  const last = words.at(-1) ?? null
  return { first: words.length > 1 ? words.slice(0, -1).join(' ') : null, last }
}
