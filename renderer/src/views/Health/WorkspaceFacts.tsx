import type { ReactNode } from 'react'
import type { WorkspaceAsOf } from '../../state/workspace-as-of.ts'
import { Definition } from '../../ui/Definition.tsx'
import { counted, date, dateTime, day, words } from '../../ui/format.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { MilestoneLine } from '../MilestoneLine.tsx'
import { RecordLink } from '../RecordLink.tsx'
import { Rollups } from '../Rollups.tsx'
import { channelOf, healthOf, inSentence } from '../words.ts'

type Props = Readonly<{ workspace: WorkspaceAsOf; asOf: number }>

/** One workspace: health with its evidence and milestones on the left, every rollup on the right. */
export function WorkspaceFacts({ workspace, asOf }: Props): ReactNode {
  return (
    <div className="as-of__columns">
      <div className="as-of__story">
        <Head workspace={workspace} asOf={asOf} />
        <Milestones workspace={workspace} />
        <Secondary workspace={workspace} />
        <Sparkline
          values={workspace.perDay}
          nameOf={index => day(workspace.firstDay + index)}
          label="Events per day"
          startLabel={day(workspace.firstDay)}
          endLabel={day(workspace.firstDay + workspace.perDay.length - 1)}
        />
      </div>
      <div className="as-of__rollups">
        <Rollups values={workspace.rollups} />
      </div>
    </div>
  )
}

function Head({ workspace, asOf }: Props): ReactNode {
  const { label, means } = healthOf(workspace.state)
  const paying = workspace.isPaid ? 'paid' : workspace.isOnTrial ? 'on trial' : 'not paid'
  const also = [
    workspace.hasRenewalRisk ? 'renewal risk' : null,
    workspace.isExpansion ? 'room to expand' : null,
  ].filter(text => text !== null)
  const evidence = [...workspace.evidence, ...workspace.anomalies]
  return (
    <section aria-label="Health" className="as-of__head">
      <h2 className="unit-head__name">{workspace.name ?? workspace.unitId}</h2>
      <p className="muted as-of__about">
        {workspace.workspaceIds.map(id => (
          <RecordLink key={id} table="workspaces" id={id} />
        ))}
        <span>
          {paying} · {counted(workspace.people, 'person', 'people')} · created {date(workspace.createdAt)}
        </span>
      </p>
      <p className="as-of__state">
        <Definition plain means={means}>
          <span className={`as-of__verdict health health--${workspace.state}`}>{label}</span>
        </Definition>
        <span className="muted">
          {also.length > 0 && `${also.join(', ')}, `}as of {dateTime(asOf)}
        </span>
      </p>
      {evidence.length > 0 && (
        <ul className="as-of__evidence soft">
          {evidence.map(sentence => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Milestones({ workspace }: Pick<Props, 'workspace'>): ReactNode {
  const next = workspace.milestones.find(milestone => !milestone.holds)?.id
  return (
    <section aria-label="Milestones">
      <h3 className="section-title">Milestones</h3>
      <ol className="milestones">
        {workspace.milestones.map(milestone => (
          <MilestoneLine key={milestone.id} holds={milestone.holds}>
            <span className="clip">{words(milestone.id)}</span>
            <span className="muted">
              {milestone.id === next ? `next, ${inSentence(channelOf(milestone.channel).label)}` : ''}
            </span>
          </MilestoneLine>
        ))}
      </ol>
    </section>
  )
}

function Secondary({ workspace }: Pick<Props, 'workspace'>): ReactNode {
  return (
    <section aria-label="Milestones of activation">
      <h3 className="section-title">Activation</h3>
      <ol className="milestones">
        <Reached name="Primary milestone" {...workspace.primary} />
        {workspace.secondary.map(({ id, holds, at }) => (
          <Reached key={id} name={words(id)} holds={holds} at={at} />
        ))}
      </ol>
    </section>
  )
}

function Reached({ name, holds, at }: Readonly<{ name: string; holds: boolean; at: number | null }>): ReactNode {
  return (
    <MilestoneLine holds={holds}>
      <span className="clip">{name}</span>
      <span className="muted">{at === null ? (holds ? 'date unknown' : '') : date(at)}</span>
    </MilestoneLine>
  )
}
