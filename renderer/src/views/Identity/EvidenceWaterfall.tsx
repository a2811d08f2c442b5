import { type ReactNode, useId, useMemo } from 'react'
import { printedBits } from '#lib/round-to-sum'
import type { Thresholds } from '../../state/identity-overview.ts'
import type { Card } from '../../state/review-card.ts'
import { alignedBits, bits, words } from '../../ui/format.ts'
import { Waterfall, type WaterfallRow } from '../../ui/Waterfall.tsx'

type Line = Card['waterfall'][number]
type Props = Readonly<{ title: string; lines: readonly Line[]; total: number | null; thresholds: Thresholds }>

/** Every comparison as a bar from where the one before ended, from the prior to the total, with the thresholds drawn in. */
export function EvidenceWaterfall({ title, lines, total, thresholds }: Props): ReactNode {
  const id = useId()
  const rows = useMemo(() => rowsOf(lines, total), [lines, total])
  const { auto, review, watch } = thresholds
  if (lines.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="section-title">
        {title}
      </h3>
      <Waterfall
        label={title}
        rows={rows}
        marks={[
          { at: auto, label: `join ${bits(auto)}`, color: 'var(--good)' },
          { at: review, label: `ask ${bits(review)}`, color: 'var(--warn)' },
        ]}
        axis={{
          from: Math.min(watch, -4),
          to: auto + 3,
          unit: 'Bits',
          format: alignedBits,
          words: `Bits; asked from ${bits(review)}, joined from ${bits(auto)}`,
        }}
      />
    </section>
  )
}

function rowsOf(lines: readonly Line[], total: number | null): readonly WaterfallRow[] {
  const printed = printedBits(lines.map(line => line.bits))
  const bars = lines.map((line, i): WaterfallRow => {
    const name = nameOf(line)
    return {
      id: `${i} ${line.comparison}`,
      name,
      label: (
        <span className="clip evidence-name" title={[name, line.level, line.value].filter(Boolean).join(' · ')}>
          {name}
          {line.kind === 'evidence' && <span className="muted"> {line.level}</span>}
          {line.value !== '' && <span className="evidence-name__value"> {line.value}</span>}
        </span>
      ),
      value: line.bits,
      printed: printed[i] ?? line.bits,
      color: colorOf(line),
      kind: 'line',
    }
  })
  const end: WaterfallRow = {
    id: 'total',
    name: 'Evidence',
    label: 'Evidence',
    value: total ?? lines.reduce((sum, line) => sum + line.bits, 0),
    color: 'var(--ink-2)',
    kind: 'total',
  }
  return [...bars, end]
}

function nameOf({ kind, comparison }: Line): string {
  if (kind === 'prior') return 'Any two records'
  return kind === 'held' ? 'Held back' : words(comparison)
}

function colorOf({ kind, bits: value }: Line): string {
  if (kind === 'prior') return 'var(--bucket-total)'
  if (kind === 'held') return 'var(--stage-warm)'
  return value < 0 ? 'var(--bucket-negative)' : 'var(--bucket-activation)'
}
