import { Button } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useEffect } from 'react'
import { useIdentity } from '../../state/identity-overview.ts'
import { considerRules } from '../../state/identity-rules.ts'
import {
  type Cut,
  LEAST_AUTO,
  loadMoves,
  loadThresholds,
  moveHandle,
  resetHandles,
  useThresholds,
} from '../../state/identity-thresholds.ts'
import { BitsHistogram } from '../../ui/BitsHistogram.tsx'
import { Definition } from '../../ui/Definition.tsx'
import { bits, likelihood } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { BITS_MEAN } from './identity-words.ts'
import { MoveList } from './MoveList.tsx'
import { ThresholdFigures } from './ThresholdFigures.tsx'

/** Where joining and asking begin: two handles on the evidence of all pairs, and what each place would come to. */
export function ThresholdsTab(): ReactNode {
  const { client } = useServices()
  const status = useThresholds(state => state.status)
  const version = useIdentity(state => state.overview?.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer changes the clusters
  useEffect(() => perform(loadThresholds(client)), [client, version])
  if (status === 'failed') return <Retry title="The thresholds cannot be shown" again={() => loadThresholds(client)} />
  if (status !== 'ready') return <SkeletonRows rows={12} label="Thresholds are being read" />
  return (
    <div className="thresholds">
      <Handles />
      <div className="thresholds__below">
        <ThresholdFigures />
        <MoveList />
      </div>
    </div>
  )
}

function Handles(): ReactNode {
  const { client } = useServices()
  const histogram = useIdentity(state => state.histogram)
  const firstBin = useIdentity(state => state.overview?.firstBin ?? 0)
  const auto = useThresholds(state => state.draft?.auto ?? LEAST_AUTO)
  const review = useThresholds(state => state.draft?.review ?? 0)
  const watch = useThresholds(state => state.thresholds?.watch ?? 0)
  const ask = useDebouncedCallback(() => perform(loadMoves(client)), 120)
  const move = (cut: Cut, value: number): void => {
    moveHandle(cut, value)
    ask()
  }
  const most = Math.max(LEAST_AUTO + 1, firstBin + histogram.length)
  return (
    <section className="thresholds__plot" aria-labelledby="thresholds-title">
      <PlotHead onMoved={ask} />
      <BitsHistogram
        label="Pairs of users by evidence"
        itemsName="Pairs"
        counts={histogram}
        firstBin={firstBin}
        below="var(--stage-none)"
        marks={[
          {
            id: 'review',
            label: 'Ask from',
            text: `ask ${bits(review)}, ${likelihood(review)}`,
            value: review,
            min: watch,
            max: auto,
            color: 'var(--stage-warm)',
            onChange: value => move('review', value),
          },
          {
            id: 'auto',
            label: 'Join from',
            text: `join ${bits(auto)}, ${likelihood(auto)}${auto === LEAST_AUTO ? ', never below' : ''}`,
            value: auto,
            min: LEAST_AUTO,
            max: most,
            color: 'var(--bucket-expansion)',
            onChange: value => move('auto', value),
          },
        ]}
      />
    </section>
  )
}

/** What the plot shows, the way back, and the way into force. */
function PlotHead({ onMoved }: Readonly<{ onMoved: () => void }>): ReactNode {
  const { client } = useServices()
  const isMoved = useThresholds(
    state => state.draft?.auto !== state.thresholds?.auto || state.draft?.review !== state.thresholds?.review,
  )
  const draftAuto = useThresholds(state =>
    state.draft?.auto === state.thresholds?.auto ? null : (state.draft?.auto ?? null),
  )
  return (
    <div className="thresholds__head">
      <h2 id="thresholds-title" className="section-title">
        Pairs of users by their <Definition means={BITS_MEAN}>evidence in bits</Definition>
      </h2>
      <div className="screen__spacer" />
      {draftAuto !== null && (
        <Button size="compact-xs" onClick={() => perform(considerRules(client, { weights: {}, auto: draftAuto }))}>
          Join from {bits(draftAuto)}
        </Button>
      )}
      {isMoved && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            resetHandles()
            onMoved()
          }}
        >
          Back to what is in force
        </Button>
      )}
    </div>
  )
}
