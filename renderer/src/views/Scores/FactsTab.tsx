import type { ReactNode } from 'react'
import type { UnitDetail } from '../../state/score-unit.ts'
import { Definition } from '../../ui/Definition.tsx'
import { counted, day, decimal, words } from '../../ui/format.ts'
import { MilestoneLine } from '../MilestoneLine.tsx'
import { RecordLink } from '../RecordLink.tsx'
import { Rollups } from '../Rollups.tsx'
import { channelOf, fitSource, healthOf, inSentence } from '../words.ts'

type Props = Readonly<{ unit: UnitDetail }>

/** What is known beside the score: plan, fit, health, milestones, and every rollup with its formula. */
export function FactsTab({ unit }: Props): ReactNode {
  return (
    <>
      <About unit={unit} />
      <Milestones unit={unit} />
      <Rollups values={unit.rollups} />
    </>
  )
}

function About({ unit }: Props): ReactNode {
  const { fit, workspaceIds } = unit
  const health = healthOf(unit.row.health)
  return (
    <section aria-label="About">
      <h3 className="section-title">About</h3>
      <dl className="facts">
        <dt>Plan</dt>
        <dd>{[unit.plan ?? 'unknown', unit.row.isPaid ? 'paid' : 'not paid'].join(', ')}</dd>
        <dt>MRR</dt>
        <dd>{decimal(unit.mrr)}</dd>
        <dt>Trial end</dt>
        <dd>{day(unit.trialEndDay)}</dd>
        <dt>Fit</dt>
        <dd>
          {decimal(fit.points)} points{fit.tier === null ? '' : `, tier ${fit.tier}`}, {fitSource(fit.source)}
        </dd>
        <dt>Health</dt>
        <dd>
          <Definition plain means={health.means}>
            {health.label}
          </Definition>
          {unit.healthEvidence.length > 0 && <span className="soft"> · {unit.healthEvidence.join('; ')}</span>}
        </dd>
        <dt>{workspaceIds.length === 1 ? 'Workspace' : counted(workspaceIds.length, 'workspace')}</dt>
        <dd>
          {workspaceIds.map(id => (
            <RecordLink key={id} table="workspaces" id={id} />
          ))}
        </dd>
      </dl>
    </section>
  )
}

function Milestones({ unit }: Props): ReactNode {
  const next = unit.milestones.find(milestone => !milestone.holds)?.id
  return (
    <section aria-label="Milestones">
      <h3 className="section-title">Milestones</h3>
      <ol className="milestones">
        {unit.milestones.map(milestone => (
          <MilestoneLine key={milestone.id} holds={milestone.holds}>
            <span>
              {words(milestone.id)}
              {milestone.id === next && <span className="soft"> · {inSentence(milestone.prompt)}</span>}
            </span>
            <span className="muted">
              {milestone.id === next ? 'next, ' : ''}
              {inSentence(channelOf(milestone.channel).label)}
            </span>
          </MilestoneLine>
        ))}
      </ol>
    </section>
  )
}
