import type { ScoringModel, Signal } from '#schema/model'
import { decimal, words } from '../ui/format.ts'

export type SignalWords = Readonly<{ label: string; means: string; formula: string | undefined }>

const COUNTED: Readonly<Record<Signal['count'], string>> = {
  each: 'every event',
  daily: 'each day with an event',
  first: 'the first day with an event',
  latest: 'the last day with an event',
}

/** What a ledger line stands for, read from the model in force. */
export function signalWords(model: ScoringModel | null, id: string): SignalWords {
  const label = words(id)
  if (id === 'fit')
    return { label: 'Account fit', means: 'How well the account fits the ideal customer.', formula: 'fit score / 10' }
  if (id === 'clamp')
    return { label: 'Limit to 0–100', means: 'Takes the total into the range of a score.', formula: undefined }
  const signal = model?.signals.find(known => known.id === id)
  if (model !== null && signal !== undefined) return { label, ...ofSignal(model, signal) }
  const condition = model?.conditions.find(known => known.id === id)
  if (condition === undefined) return { label, means: label, formula: undefined }
  const isTrial = (condition.when ?? condition.id).startsWith('trial')
  const means = isTrial
    ? `The trial ends within ${condition.days} days.`
    : `No activity in the last ${condition.days} days, and at least as old.`
  return { label, means, formula: `${decimal(condition.points)} while it holds` }
}

function ofSignal(model: ScoringModel, signal: Signal): Omit<SignalWords, 'label'> {
  const bucket = model.buckets[signal.bucket]
  const cap = signal.cap === undefined ? '' : `, at most ${signal.cap.points} points in ${signal.cap.days} days`
  const days = signal.decayDays ?? bucket.decayDays
  const means = `${decimal(signal.points)} points for ${COUNTED[signal.count]} of kind ${signal.kind}${cap}.`
  return {
    means,
    formula: `points × ${decayFormula(signal.curve ?? bucket.curve, days)}${bucket.scope === 'person' ? ' × role factor' : ''}`,
  }
}

function decayFormula(curve: Signal['curve'], days: number | undefined): string {
  if (days === undefined || curve === 'none') return '1'
  if (curve === 'half_life') return `2^(−age / ${days} d)`
  if (curve === 'linear') return `max(0, 1 − age / ${days} d)`
  return `e^(−age / ${days} d)`
}
