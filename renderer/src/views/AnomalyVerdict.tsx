import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'

type Verdict = 'dismissed' | 'confirmed'
type Props = Readonly<{
  /** What the decision is about, in words. */
  words: string
  verdict: Verdict
  decided: Verdict | null
  onDecide: (verdict: Verdict | null) => void
}>

/** Dismisses or confirms an anomaly; pressed again, the decision is taken back. */
export function AnomalyVerdict({ words, verdict, decided, onDecide }: Props): ReactNode {
  const isOn = decided === verdict
  const label = verdict === 'dismissed' ? 'Dismiss' : 'Confirm'
  const Icon = verdict === 'dismissed' ? X : Check
  return (
    <button
      type="button"
      className={isOn ? 'plain chip is-on' : 'plain chip'}
      aria-pressed={isOn}
      aria-label={`${label}: ${words}`}
      onClick={() => onDecide(isOn ? null : verdict)}
    >
      <Icon size={12} aria-hidden />
      <span>{label}</span>
    </button>
  )
}
