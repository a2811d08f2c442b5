import { Button } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { changeParameter, settle, useSimulator } from '../../state/simulator.ts'
import type { Parameter, Solution } from '../../state/simulator-calls.ts'
import { changeSolve, solvable, solve, useSolve } from '../../state/simulator-solve.ts'
import { count, counted, decimal } from '../../ui/format.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type CurveMark, ThresholdCurve } from '../../ui/ThresholdCurve.tsx'
import { perform } from '../notify.tsx'
import { titleOf } from '../parameter-words.ts'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { unitName } from './level-words.ts'

const NO_PARAMETERS: readonly Parameter[] = []

/** Which threshold fills a capacity, from what comes in a week. */
export function SolveTab(): ReactNode {
  const { client } = useServices()
  const parameters = useSimulator(state => state.opened?.parameters ?? NO_PARAMETERS)
  const settled = useSimulator(state => state.settled)
  const runId = useSimulator(state => state.opened?.runId)
  const { status, parameterId, units, solution } = useSolve()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scenario or run has another answer
  useEffect(() => perform(solve(client)), [client, settled, runId])
  const chosen = parameters.find(({ id }) => id === parameterId)
  return (
    <div className="scroll solve">
      <p className="solve__question">
        Which{' '}
        <select
          className="choice-field"
          aria-label="Threshold to solve for"
          value={parameterId}
          onChange={event => perform(changeSolve(client, { parameterId: event.currentTarget.value }))}
        >
          {solvable(parameters).map(({ id, path }) => (
            <option key={id} value={id}>
              {titleOf(path)}
            </option>
          ))}
        </select>{' '}
        fills{' '}
        <NumberField
          label="New a week"
          value={units}
          step={1}
          onChange={value => perform(changeSolve(client, { units: Math.max(0, Math.round(value)) }))}
          onClear={() => undefined}
          onDone={() => undefined}
        />{' '}
        new a week?
      </p>
      {status === 'failed' ? (
        <Retry title="This cannot be solved" again={() => solve(client)} />
      ) : solution === null || chosen === undefined ? (
        <SkeletonRows rows={4} label="The threshold is being found" />
      ) : (
        <Answer solution={solution} parameter={chosen} units={units} />
      )}
    </div>
  )
}

type AnswerProps = Readonly<{ solution: Solution; parameter: Parameter; units: number }>

function Answer({ solution, parameter, units }: AnswerProps): ReactNode {
  const { solved, current, columns } = solution
  const marks: readonly CurveMark[] = [
    { at: current.threshold, label: `now ${decimal(current.threshold)}`, isNew: false },
    ...(solved === null ? [] : [{ at: solved.threshold, label: decimal(solved.threshold), isNew: true }]),
  ]
  return (
    <>
      <div role="status">
        <div className="solve__answer">
          <strong className="solve__figure">{solved === null ? '–' : decimal(solved.threshold)}</strong>
          <Words solution={solution} units={units} />
          <Use solution={solution} parameter={parameter} />
        </div>
        <NoRoom solution={solution} />
      </div>
      <ThresholdCurve
        label="New a week by threshold"
        values={columns.entrants}
        level={units}
        levelLabel={`${count(units)} a week`}
        marks={marks}
      />
    </>
  )
}

type UseProps = Readonly<{ solution: Solution; parameter: Parameter }>

/** Takes the threshold over; where the other stages leave no room for it, the best one that they do. */
function Use({ solution: { solved, blocked, current }, parameter }: UseProps): ReactNode {
  const { client } = useServices()
  const best = blocked === null ? solved : blocked.best
  const use = (threshold: number): void => {
    perform(changeParameter(client, parameter, threshold))
    settle()
  }
  if (best === null || best.threshold === current.threshold) return null
  return <Button onClick={() => use(best.threshold)}>Use {decimal(best.threshold)}</Button>
}

/** Why the answer cannot be taken over as it stands. */
function NoRoom({ solution: { blocked } }: Readonly<{ solution: Solution }>): ReactNode {
  if (blocked === null) return null
  const { side, threshold, best } = blocked
  return (
    <p className="solve__no-room">
      <TriangleAlert size={14} aria-hidden /> Stages rise: the {side} threshold, at {decimal(threshold)}, would have to
      move first.{' '}
      {best === null
        ? 'No threshold that is allowed lets in so few.'
        : `The best that is allowed, ${decimal(best.threshold)}, lets in ${count(best.entrants)}.`}
    </p>
  )
}

function Words({ solution: { solved, current }, units }: Readonly<{ solution: Solution; units: number }>): ReactNode {
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  const now = (
    <span className="muted">
      Now, at {decimal(current.threshold)}: {count(current.entrants)} new a week, {count(current.stock)} in all.
    </span>
  )
  if (solved === null)
    return (
      <p>
        Even a threshold of 100 lets in more than {count(units)} a week. {now}
      </p>
    )
  const { threshold, entrants, stock, next, tied } = solved
  return (
    <p>
      lets in <strong>{counted(entrants, `new ${unitName(level)}`)}</strong> a week, {count(stock)} in all.{' '}
      {next === null
        ? `There are no more than ${count(entrants)} a week: the capacity is never full. `
        : `${beyond(threshold, next)}${tied > 1 ? `: ${count(tied)} share that score and come all or none` : ''}. `}
      {now}
    </p>
  )
}

type Next = NonNullable<NonNullable<Solution['solved']>['next']>

/** Thresholds between the answer and the first one that lets in too many bring older units, and no more new ones. */
function beyond(threshold: number, next: Next): string {
  const isNextTenth = Math.round((threshold - next.threshold) * 10) === 1
  if (isNextTenth) return `The next lower one, ${decimal(next.threshold)}, would let in ${count(next.entrants)}`
  return `Lower ones let in no more new ones down to ${decimal(next.threshold)}, which would let in ${count(next.entrants)}`
}
