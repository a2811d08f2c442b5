import type { ReactNode } from 'react'
import { useIdentity } from '../../state/identity-overview.ts'
import {
  type Agreed,
  agreedAt,
  bCubedAt,
  type Cut,
  type Figures,
  figuresAt,
  useThresholds,
} from '../../state/identity-thresholds.ts'
import { bits, count, percent } from '../../ui/format.ts'

type Line = Readonly<{ id: keyof Omit<Figures, 'bits'>; label: string; means: string }>

const LINES: readonly Line[] = [
  { id: 'clusters', label: 'People', means: 'Persons, those with a single record too' },
  { id: 'mergedRecords', label: 'Records joined', means: 'User records in persons of two or more' },
  { id: 'largest', label: 'Most records of one person', means: 'Size of the largest group' },
  { id: 'refused', label: 'Joins refused', means: 'Pairs above the threshold that a rule or an answer keeps apart' },
]

/** What each handle comes to where it stands, beside what is in force. Read from figures that are here already. */
export function ThresholdFigures(): ReactNode {
  const thresholds = useThresholds(state => state.thresholds)
  const draft = useThresholds(state => state.draft)
  const figures = useThresholds(state => state.figures)
  const above = useThresholds(state => state.above)
  const toAsk = usePairsBetween(draft?.review ?? 0, draft?.auto ?? 0)
  const asked = usePairsBetween(thresholds?.review ?? 0, thresholds?.auto ?? 0)
  if (thresholds === null || draft === null) return null
  const of = (cut: Cut): readonly [before: Figures, after: Figures] => [
    figuresAt(figures, thresholds[cut], above),
    figuresAt(figures, draft[cut], above),
  ]
  const [joined, all] = [of('auto'), of('review')]
  return (
    <table className="threshold-figures" aria-label="What the thresholds come to">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Figure</span>
          </th>
          <th scope="col" className="number">
            Joined from {bits(draft.auto)}
          </th>
          <th scope="col" className="number">
            If all asked were one, from {bits(draft.review)}
          </th>
        </tr>
      </thead>
      <tbody>
        {LINES.map(({ id, label, means }) => (
          <tr key={id}>
            <th scope="row" title={means}>
              {label}
            </th>
            <Figure before={joined[0][id]} after={joined[1][id]} />
            <Figure before={all[0][id]} after={all[1][id]} />
          </tr>
        ))}
        <Agreement cuts={[draft.auto, draft.review]} />
        <tr>
          <th scope="row" title="Pairs between the two handles">
            Pairs to ask about
          </th>
          <Figure before={asked} after={toAsk} isAbout />
          <td />
        </tr>
      </tbody>
    </table>
  )
}

const SHARES = [
  {
    label: 'Precision on the answers',
    means: 'Of the answered pairs that the evidence alone joins, the share that was answered the same',
    shareOf: ({ same, different }: Agreed) => [same, same + different],
  },
  {
    label: 'Recall on the answers',
    means: 'Of the pairs that were answered the same, the share that the evidence alone joins',
    shareOf: ({ same, missed }: Agreed) => [same, same + missed],
  },
  {
    label: 'F1 on the answers',
    means: 'Precision and recall in one: their harmonic mean',
    shareOf: ({ same, different, missed }: Agreed) => [2 * same, 2 * same + different + missed],
  },
] as const satisfies readonly Readonly<{
  label: string
  means: string
  shareOf: (agreed: Agreed) => readonly [part: number, whole: number]
}>[]

const B_CUBED = [
  {
    id: 'precision',
    label: 'B-cubed precision',
    means: 'Mean over the records answered about: of what is in one group with it, the share that is the same person',
  },
  {
    id: 'recall',
    label: 'B-cubed recall',
    means: 'Mean over the records answered about: of the records of the same person, the share that is in its group',
  },
] as const

/** How far the evidence alone agrees with what was answered; nothing where no pair of users was. */
function Agreement({ cuts }: Readonly<{ cuts: readonly number[] }>): ReactNode {
  const answered = useThresholds(state => state.answered)
  if (answered.same.length + answered.different.length === 0) return null
  return (
    <>
      {SHARES.map(({ label, means, shareOf }) => (
        <ShareRow key={label} label={label} means={means}>
          {cuts.map(cut => {
            const [part, whole] = shareOf(agreedAt(answered, cut))
            const isCounted = whole > 0 && label !== 'F1 on the answers'
            return [whole === 0 ? null : part / whole, isCounted ? `${count(part)} of ${count(whole)}` : ''] as const
          })}
        </ShareRow>
      ))}
      {B_CUBED.map(({ id, label, means }) => (
        <ShareRow key={id} label={label} means={means}>
          {cuts.map(cut => [bCubedAt(answered, cut)?.[id] ?? null, ''] as const)}
        </ShareRow>
      ))}
    </>
  )
}

type Share = readonly [value: number | null, of: string]

function ShareRow({
  label,
  means,
  children,
}: Readonly<{ label: string; means: string; children: readonly Share[] }>): ReactNode {
  return (
    <tr>
      <th scope="row" title={means}>
        {label}
      </th>
      {children.map(([value, of], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two columns that stay where they are
        <td key={i} className="number">
          <span className="threshold-figures__value">{value === null ? '–' : percent(value)}</span>
          <span className="threshold-figures__change muted">{of}</span>
        </td>
      ))}
    </tr>
  )
}

function Figure({
  before,
  after,
  isAbout = false,
}: Readonly<{ before: number; after: number; isAbout?: boolean }>): ReactNode {
  const change = after - before
  return (
    <td className="number">
      <span className="threshold-figures__value">
        {isAbout && 'about '}
        {count(after)}
      </span>
      <span className="threshold-figures__change muted">
        {change === 0 ? '' : `${change > 0 ? '+' : ''}${count(change)}`}
      </span>
    </td>
  )
}

/** Pairs in the bins between two cuts; a bin that a cut parts counts by the part. */
function usePairsBetween(from: number, to: number): number {
  const histogram = useIdentity(state => state.histogram)
  const firstBin = useIdentity(state => state.overview?.firstBin ?? 0)
  let sum = 0
  for (const [bin, pairs] of histogram.entries()) {
    const low = Math.max(from, firstBin + bin)
    const high = Math.min(to, firstBin + bin + 1)
    if (high > low) sum += pairs * (high - low)
  }
  return Math.round(sum)
}
