import { Button } from '@mantine/core'
import { CheckCheck } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { type Label, type LabelSheet, labelShown, loadLabels, useLabels } from '../../state/identity-labels.ts'
import { useIdentity } from '../../state/identity-overview.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted, share } from '../../ui/format.ts'
import { Meter } from '../../ui/Meter.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { FieldTable } from './FieldTable.tsx'
import { IntervalLine } from './IntervalLine.tsx'
import { LABEL_KEYS, useLabelKeys } from './label-keys.ts'

/** How many joins are right, estimated from pairs that are judged without seeing their evidence. */
export function LabelsTab(): ReactNode {
  const { client } = useServices()
  const status = useLabels(state => state.status)
  const sheet = useLabels(state => state.sheet)
  const version = useIdentity(state => state.overview?.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer, and every step back, may change them
  useEffect(() => perform(loadLabels(client)), [client, version])
  useLabelKeys()
  if (status === 'failed') return <Retry title="The sample cannot be drawn" again={() => loadLabels(client)} />
  if (sheet === null) return <SkeletonRows rows={10} label="The sample is being drawn" />
  if (sheet.population === 0)
    return (
      <EmptyState icon={<CheckCheck size={24} strokeWidth={1.5} />} title="Nothing has been joined without asking">
        Once user records are joined by their evidence, a random sample of them can be judged here.
      </EmptyState>
    )
  return (
    <div className="labels">
      <Estimate sheet={sheet} />
      <Pair sheet={sheet} />
    </div>
  )
}

function Estimate({ sheet }: Readonly<{ sheet: LabelSheet }>): ReactNode {
  const { precision, labelled, judged, sample, population, same } = sheet
  const unsure = labelled - judged
  const done = sample.filter(({ label }) => label !== null).length
  return (
    <section className="labels__estimate" aria-labelledby="estimate-title">
      <h2 id="estimate-title" className="section-title">
        Joins that are right
      </h2>
      {precision === null ? (
        <p className="labels__figure muted">–</p>
      ) : (
        <>
          <p className="labels__figure">{share(precision.value)}</p>
          <IntervalLine {...precision} />
          <p className="soft">
            Between {share(precision.low)} and {share(precision.high)} at 95 % (Wilson), from {count(same)} of{' '}
            {counted(judged, 'labelled pair')}
            {unsure > 0 && `; ${count(unsure)} unsure ${unsure === 1 ? 'is' : 'are'} left out`}.
          </p>
        </>
      )}
      <p className="soft">
        {count(done)} of {counted(sample.length, 'pair')} of this sample judged; drawn at random from{' '}
        {counted(population, 'joined pair')}. The evidence is not shown, so that it does not sway.
      </p>
      <Meter done={done} total={sample.length} label="Judged" />
    </section>
  )
}

const SAID: Readonly<Record<Label, string>> = { same: 'Same person', different: 'Different people', unsure: 'Unsure' }

function Pair({ sheet }: Readonly<{ sheet: LabelSheet }>): ReactNode {
  const { client } = useServices()
  const at = useLabels(state => state.at)
  const shown = sheet.sample[at]
  if (shown === undefined)
    return (
      <div className="labels__pair">
        <EmptyState icon={<CheckCheck size={24} strokeWidth={1.5} />} title="All pairs of the sample are judged">
          K goes back to judge one anew.
        </EmptyState>
      </div>
    )
  return (
    <section className="labels__pair" aria-label="Pair">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must scroll by keyboard too */}
      <section className="pair-card__content" tabIndex={0} aria-label="What is known">
        <div className="card-head__line">
          <h2 className="card-head__question">Are these two user records one person?</h2>
          <span className="muted">
            {count(at + 1)} of {count(sheet.sample.length)}
            {shown.label !== null && `, judged: ${SAID[shown.label].toLowerCase()}`}
          </span>
        </div>
        <FieldTable left={shown.left} right={shown.right} places={null} fields={shown.fields} compared={NONE} isLong />
      </section>
      <div className="answer-bar">
        <div className="answer-bar__keys">
          {Object.entries(LABEL_KEYS).map(([key, label]) => (
            <Button
              key={key}
              variant="default"
              rightSection={<kbd className="key">{key.toUpperCase()}</kbd>}
              onClick={() => perform(labelShown(client, label))}
            >
              {SAID[label]}
            </Button>
          ))}
        </div>
      </div>
    </section>
  )
}

const NONE: readonly string[] = []
