import { SIGNAL_BUCKETS } from '#schema/model'
import type { SignalDocument, SignalRow } from '../../state/model-document.ts'
import { decimal } from '../../ui/format.ts'
import { valueText } from '../parameter-words.ts'
import { bucketOf } from '../words.ts'

type Choice<Value extends string> = Readonly<{ value: Value; label: string; means: string }>

const choice = <Value extends string>(value: Value) => ({ value, label: valueText(value, null) })

export const COUNTS: readonly Choice<SignalRow['count']>[] = [
  { ...choice('each'), means: 'Each occurrence earns its points.' },
  { ...choice('daily'), means: 'A day with an event earns its points once.' },
  { ...choice('first'), means: 'Only the first day with an event counts, and fades from then on.' },
  { ...choice('latest'), means: 'Only the latest day with an event counts.' },
]

export type CurveId = NonNullable<SignalRow['curve']>

export const CURVES: readonly Choice<CurveId>[] = [
  { ...choice('time_constant'), means: '36.8 % is left after the days.' },
  { ...choice('half_life'), means: 'Half is left after the days.' },
  { ...choice('linear'), means: 'Falls evenly; nothing is left after the days.' },
  { ...choice('none'), means: 'Points stay as they are.' },
]

export const SCOPES: readonly Choice<'person' | 'unit'>[] = [
  { ...choice('person'), means: 'The best person of the workspace counts, times the role factor.' },
  { ...choice('unit'), means: 'The events of all people of the workspace are added up.' },
]

/** How points of a signal fade: its own curve and days, else those of its bucket. */
export function decayOf(
  document: SignalDocument,
  signal: Pick<SignalRow, 'bucket' | 'curve' | 'decayDays'>,
): Readonly<{ curve: CurveId; days: number | null; isOwn: boolean }> {
  const bucket = document.buckets[signal.bucket]
  const isOwn = signal.curve !== undefined || signal.decayDays !== undefined
  return { curve: signal.curve ?? bucket.curve, days: signal.decayDays ?? bucket.decayDays ?? null, isOwn }
}

/** `Half-life, 14 d` */
export function decayText({ curve, days }: Readonly<{ curve: CurveId; days: number | null }>): string {
  if (curve === 'none') return 'No decay'
  return `${valueText(curve, null)}, ${days === null ? 'days missing' : `${decimal(days)} d`}`
}

/** `10 in 7 d` */
export function capText(cap: SignalRow['cap']): string {
  return cap === undefined ? 'none' : `${decimal(cap.points)} in ${decimal(cap.days)} d`
}

/** The buckets that signals may fill. */
export const BUCKET_CHOICES: readonly Choice<SignalRow['bucket']>[] = SIGNAL_BUCKETS.map(value => ({
  value,
  label: bucketOf(value).label,
  means: bucketOf(value).means,
}))
