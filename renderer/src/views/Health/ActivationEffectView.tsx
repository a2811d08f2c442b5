import type { ReactNode } from 'react'
import { type ActivationEffect, isChanged, useActivation } from '../../state/activation.ts'
import { count, counted, date, NONE, percent, score, words } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { StepCurve } from '../../ui/StepCurve.tsx'

type Figures = ActivationEffect['now']

/** How many workspaces the rule reaches and how fast, in force and as it is drafted. */
export function ActivationEffectView(): ReactNode {
  const effect = useActivation(state => state.effect)
  const isBusy = useActivation(state => state.status === 'loading')
  const hasChanged = useActivation(isChanged)
  if (effect === null) return <SkeletonRows rows={8} label="The effect is being worked out" />
  return (
    <section className="activation__effect" aria-label="Effect" aria-busy={isBusy}>
      <p className="activation__headline">
        <strong>{percent(shareOf(effect.draft))}</strong>{' '}
        <span>
          of {counted(effect.draft.workspaces, 'workspace')} activated
          <span className="muted"> as of {date(effect.asOf)}, deleted and sandbox workspaces left out</span>
        </span>
      </p>
      <p className="soft activation__changes" role="status">
        {hasChanged
          ? changes(effect)
          : 'This is the rule in force. A change shows its effect here before it is applied.'}
      </p>
      <Comparison effect={effect} hasChanged={hasChanged} />
      <h2 className="section-title activation__curve-title">
        Share of workspaces activated within days of their creation
      </h2>
      <Curve effect={effect} hasChanged={hasChanged} />
    </section>
  )
}

function changes({ gained, lost, moved }: ActivationEffect): string {
  if (gained + lost + moved === 0) return 'The draft changes no workspace.'
  const parts = [
    gained > 0 ? `${counted(gained, 'workspace')} more activated` : null,
    lost > 0 ? `${counted(lost, 'workspace')} no longer` : null,
    moved > 0 ? `${counted(moved, 'workspace')} at another time` : null,
  ]
  return `${parts.filter(part => part !== null).join(', ')}.`
}

const shareOf = ({ activated, workspaces }: Figures): number => (workspaces === 0 ? 0 : activated / workspaces)

type Props = Readonly<{ effect: ActivationEffect; hasChanged: boolean }>

function Comparison({ effect: { now, draft }, hasChanged }: Props): ReactNode {
  const days = (figures: Figures): string => (figures.medianDays === null ? NONE : `${score(figures.medianDays)} d`)
  const share = (figures: Figures, holds: number): string =>
    figures.workspaces === 0 ? NONE : `${percent(holds / figures.workspaces)}`
  const { timed, workspaces } = draft
  return (
    <table className="data-table activation__table" aria-label="In force and draft">
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col" className="number">
            In force
          </th>
          {hasChanged && (
            <th scope="col" className="number">
              Draft
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        <Line
          name="Workspaces activated"
          now={count(now.activated)}
          draft={hasChanged ? count(draft.activated) : null}
        />
        <Line name="Median time to activation" now={days(now)} draft={hasChanged ? days(draft) : null} />
        {secondaryNames(now, draft).map(id => {
          const [a, b] = [now, draft].map(figures => figures.secondary.find(known => known.id === id)?.holds)
          return (
            <Line
              key={id}
              name={`${words(id)}, secondary`}
              now={a === undefined ? NONE : share(now, a)}
              draft={hasChanged ? (b === undefined ? NONE : share(draft, b)) : null}
            />
          )
        })}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={hasChanged ? 3 : 2} className="muted">
            Times are those of {counted(timed, 'workspace')} of {count(workspaces)}: created since the first event of
            the data, with a date that can be told.
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

function secondaryNames(now: Figures, draft: Figures): readonly string[] {
  return [...new Set([...now.secondary, ...draft.secondary].map(({ id }) => id))]
}

type LineProps = Readonly<{ name: string; now: string; draft: string | null }>

function Line({ name, now, draft }: LineProps): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={draft === null ? 'number' : 'number soft'}>{now}</td>
      {draft !== null && (
        <td className="number">{draft === now ? <span className="muted">{draft}</span> : <strong>{draft}</strong>}</td>
      )}
    </tr>
  )
}

function Curve({ effect: { now, draft }, hasChanged }: Props): ReactNode {
  const inForce = {
    id: 'now',
    label: 'In force',
    values: now.within,
    color: hasChanged ? 'var(--ink-3)' : 'var(--accent)',
  }
  const series = hasChanged
    ? [
        { ...inForce, isDashed: true },
        { id: 'draft', label: 'Draft', values: draft.within, color: 'var(--accent)' },
      ]
    : [inForce]
  return (
    <>
      <StepCurve
        label="Share of workspaces activated within days of their creation"
        series={series}
        nameOf={step => `${step} days`}
        startLabel="created"
        endLabel="60 days"
        format={percent}
      />
      {hasChanged && (
        <p className="curve-key muted">
          <span className="curve-key__mark curve-key__mark--dashed" aria-hidden /> In force
          <span className="curve-key__mark" aria-hidden /> Draft
        </p>
      )}
    </>
  )
}
