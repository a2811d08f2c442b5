import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useEffect, useMemo } from 'react'
import { roundToSum } from '#lib/round-to-sum'
import { useModel } from '../../state/model.ts'
import { compareSince, loadHistory, type ScoreChanges, useScoreHistory } from '../../state/score-history.ts'
import { nameOf, type UnitDetail, useScoreUnit } from '../../state/score-unit.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Definition } from '../../ui/Definition.tsx'
import { day, exactly, points, score } from '../../ui/format.ts'
import { ScoreCurve } from '../../ui/ScoreCurve.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { signalWords } from '../signal-words.ts'
import { STAGES, stageOf } from '../words.ts'
import { causeOf, groupOf } from './cause-words.ts'

type Props = Readonly<{ unit: UnitDetail }>
type Change = ScoreChanges['changes'][number]
type PrintedChange = Change & Readonly<{ printed: number }>

/** The score of each day, and why it is another than it was: causes that add up to the difference. */
export function HistoryTab({ unit }: Props): ReactNode {
  const { client } = useServices()
  const history = useScoreHistory(state => state.history)
  const since = useScoreHistory(state => state.since)
  const { unitId } = unit.row
  useEffect(() => perform(loadHistory(client, unitId)), [client, unitId])
  const bands = useMemo(() => (history === null ? [] : bandsOf(history.stages)), [history])
  if (history === null) return <SkeletonRows rows={8} label="The scores of earlier days are being worked out" />
  return (
    <>
      <section aria-labelledby="history-title">
        <h3 id="history-title" className="section-title">
          Score at the end of each day
        </h3>
        <ScoreCurve
          label="Score and events per day"
          firstDay={history.firstDay}
          scores={history.columns.score}
          events={history.columns.events}
          bands={bands}
          chosen={since}
          chosenLabel="Compare with this day"
          onChoose={chosen => perform(compareSince(client, chosen))}
        />
        <p className="history__note muted">
          By the model of the newest scoring, and what is known now of people and accounts.
        </p>
      </section>
      <Changes lastDay={history.lastDay} since={since} />
    </>
  )
}

function bandsOf({ warm, pql, hot }: Readonly<{ warm: number; pql: number; hot: number }>) {
  const from = [0, warm, pql, hot, 100]
  return STAGES.map(({ label, color }, level) => ({ label, color, from: from[level] ?? 0, to: from[level + 1] ?? 100 }))
}

const SPANS = [1, 7, 30] as const

function Changes({ lastDay, since }: Readonly<{ lastDay: number; since: number | null }>): ReactNode {
  const { client } = useServices()
  const changes = useScoreHistory(state => state.changes)
  const back = since === null ? null : lastDay - since
  return (
    <section aria-labelledby="changes-title">
      <div className="history__head">
        <h3 id="changes-title" className="section-title">
          What changed since {since === null ? '…' : day(since)}
        </h3>
        <SegmentedControl
          size="xs"
          aria-label="Compare with"
          data={SPANS.map(span => ({ value: String(span), label: `${span} d` }))}
          value={SPANS.some(span => span === back) ? String(back) : ''}
          onChange={span => perform(compareSince(client, lastDay - Number(span)))}
        />
      </div>
      {changes === null ? (
        <SkeletonRows rows={4} label="The two days are being compared" />
      ) : (
        <Causes changes={changes} />
      )}
    </section>
  )
}

function Causes({ changes: { before, now, groups, changes } }: Readonly<{ changes: ScoreChanges }>): ReactNode {
  const difference = now.score - before.score
  const lines = useMemo(() => printedChanges(changes, difference), [changes, difference])
  return (
    <>
      <p>
        {score(before.score)} <span className="muted">{stageOf(before.stage).label}</span> → {score(now.score)}{' '}
        <span className="muted">{stageOf(now.stage).label}</span>
      </p>
      {groups.length > 0 && (
        <ul className="history__groups" aria-label="The change by cause">
          {groups.map(({ group, points: value }) => (
            <li key={group}>
              <span className="soft">
                <Definition means={groupOf(group).means}>{groupOf(group).label}</Definition>
              </span>{' '}
              <span className={value < 0 ? 'number is-negative' : 'number'}>{points(value)}</span>
            </li>
          ))}
        </ul>
      )}
      {lines.length === 0 ? (
        <p className="soft">Nothing changed.</p>
      ) : (
        <DataTable
          label="Causes of the change"
          columns={COLUMNS}
          rows={lines}
          keyOf={({ cause, signal, bucket, personId }) => `${cause} ${bucket} ${signal} ${personId ?? ''}`}
          foot={
            <tr>
              <th scope="row" colSpan={2}>
                Together
              </th>
              <td className="number" title={exactly(now.clamped - before.clamped)}>
                {points(difference)}
              </td>
            </tr>
          }
        />
      )}
    </>
  )
}

/** The largest first, rounded so that what is written adds up to the difference of the two scores. */
function printedChanges(changes: readonly Change[], difference: number): readonly PrintedChange[] {
  const sorted = changes.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
  const printed = roundToSum(
    sorted.map(change => change.points),
    1,
    difference,
  )
  return sorted.map((change, i) => ({ ...change, printed: printed[i] ?? change.points }))
}

const COLUMNS: readonly Column<PrintedChange>[] = [
  {
    id: 'cause',
    header: 'Cause',
    cell: ({ cause }) => <Definition means={causeOf(cause).means}>{causeOf(cause).label}</Definition>,
  },
  { id: 'signal', header: 'Of', cell: change => <Subject change={change} /> },
  {
    id: 'points',
    header: 'Points',
    align: 'end',
    cell: ({ points: value, printed }) => (
      <span className={value < 0 ? 'is-negative' : undefined} title={exactly(value)}>
        {points(printed)}
      </span>
    ),
  },
]

function Subject({ change: { signal, personId } }: Readonly<{ change: Change }>): ReactNode {
  const model = useModel(state => state.model)
  const person = useScoreUnit(state => (personId === null ? null : nameOf(state.detail, personId)))
  return (
    <span className="clip">
      {signalWords(model, signal).label}
      {person !== null && <span className="muted"> {person}</span>}
    </span>
  )
}
