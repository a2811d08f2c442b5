import type * as z from 'zod'
import { checklistModel } from '#schema/checklist'
import { scoringModel } from '#schema/model'

/** A model of signals as it is edited: every field is there, what was left out has its default. */
export type SignalDocument = z.output<typeof scoringModel>
export type ChecklistDocument = z.output<typeof checklistModel>
export type ModelDocument = SignalDocument | ChecklistDocument
export type SignalRow = SignalDocument['signals'][number]
export type ConditionRow = SignalDocument['conditions'][number]
export type SignalBucketId = SignalRow['bucket']

export const isChecklist = (document: ModelDocument): document is ChecklistDocument => 'rows' in document

/** The document as a file has it. */
export const textOf = (document: ModelDocument): string => JSON.stringify(document, null, 2)

export const areSameModels = (one: ModelDocument, other: ModelDocument): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** The document of a text that is a model; null where it is none: what is wrong with it says `model.lint`. */
export function readModel(json: string): ModelDocument | null {
  return parsed(parsedOrNull(json)).data ?? null
}

/**
 * The document of a draft that was kept whole. Figures that contradict each other, such as stages that fall, may stand in it: a
 * draft is not lost for that.
 */
export function readDraft(json: string): ModelDocument | null {
  const value = parsedOrNull(json)
  const { data, error } = parsed(value)
  const isWhole = error?.issues.every(({ code }) => code === 'custom') === true
  return data ?? (isWhole ? (value as ModelDocument) : null) // of the right shape, and drafts hold every field
}

function parsed(value: unknown) {
  const isList = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'checklist'
  return isList ? checklistModel.safeParse(value) : scoringModel.safeParse(value)
}

function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** A signal changed; fields that are undefined are taken out. */
export function changeSignal(document: SignalDocument, place: number, change: Partial<SignalRow>): SignalDocument {
  return { ...document, signals: changedAt(document.signals, place, change) }
}

export function changeCondition(
  document: SignalDocument,
  place: number,
  change: Partial<ConditionRow>,
): SignalDocument {
  return { ...document, conditions: changedAt(document.conditions, place, change) }
}

/** A bucket that signals fill, changed; fields that are undefined are taken out. */
export function changeBucket(
  document: SignalDocument,
  bucket: SignalBucketId,
  change: Partial<SignalDocument['buckets'][SignalBucketId]>,
): SignalDocument {
  const { buckets } = document
  return { ...document, buckets: { ...buckets, [bucket]: withoutUndefined({ ...buckets[bucket], ...change }) } }
}

export function changeRow(
  document: ChecklistDocument,
  place: number,
  change: Partial<ChecklistDocument['rows'][number]>,
): ChecklistDocument {
  return { ...document, rows: changedAt(document.rows, place, change) }
}

function changedAt<Row extends object>(rows: readonly Row[], place: number, change: Partial<Row>): Row[] {
  return rows.map((row, at) => (at === place ? withoutUndefined({ ...row, ...change }) : row))
}

function withoutUndefined<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Row // only optional fields are undefined
}

/** `login`, `login_2`, `login_3`: a name that no line of the ledger has yet. */
export function freeId(document: SignalDocument, wanted: string): string {
  const taken = new Set([
    'fit',
    'clamp',
    ...document.signals.map(({ id }) => id),
    ...document.conditions.map(({ id }) => id),
  ])
  if (!taken.has(wanted)) return wanted
  for (let number = 2; ; number++) if (!taken.has(`${wanted}_${number}`)) return `${wanted}_${number}`
}

/** A new signal for a kind, every event counted, at the end of the list. */
export function addSignal(document: SignalDocument, kind: string, bucket: SignalBucketId): SignalDocument {
  const id = freeId(document, kind)
  const signal: SignalRow = { id, kind, bucket, points: bucket === 'negative' ? -1 : 1, count: 'each' }
  return { ...document, signals: [...document.signals, signal] }
}

export function removeSignal(document: SignalDocument, place: number): SignalDocument {
  return { ...document, signals: document.signals.filter((_, at) => at !== place) }
}

/** The score from which a stage begins. */
export function changeStage<Own extends ModelDocument>(
  document: Own,
  stage: keyof ModelDocument['stages'],
  from: number,
): Own {
  return { ...document, stages: { ...document.stages, [stage]: from } }
}

export type RoleFactor = 'admin' | 'manager' | 'contributor' | 'other'

/** What the points of people in a role are multiplied by. */
export function changeRole<Own extends ModelDocument>(document: Own, role: RoleFactor, factor: number): Own {
  return { ...document, roles: { ...document.roles, [role]: factor } }
}
