import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Card } from '../../state/review-card.ts'
import { counted, score } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { channelOf, stageOf } from '../words.ts'

type UnitState = NonNullable<Card['impact']>['before'][number]

const DOING = {
  persons: 'What joining them would do',
  workspaces: 'What merging them would do',
  accounts: 'What assigning it would do',
  signups: 'What assigning it would do',
} as const

/** What the answer would do to score, stage and route: the workspaces as they stand, and as they would. */
export function Impact({ card }: Readonly<{ card: Card }>): ReactNode {
  const { impact } = card
  return (
    <section aria-labelledby="impact-title">
      <h3 id="impact-title" className="section-title">
        {DOING[card.candidate.pair.question]}
      </h3>
      {impact === null ? (
        <p className="soft">
          {card.impactLeftOut ?? 'No score is touched by this answer, or nothing has been scored yet.'}
        </p>
      ) : (
        <div className="impact">
          <Units label="Now" units={impact.before} />
          <ArrowRight size={16} strokeWidth={1.75} className="impact__arrow" aria-hidden />
          <Units label="After" units={impact.after} />
        </div>
      )}
    </section>
  )
}

function Units({ label, units }: Readonly<{ label: string; units: readonly UnitState[] }>): ReactNode {
  return (
    <table className="impact__units">
      <caption>{label}</caption>
      <thead className="unseen">
        <tr>
          <th scope="col">Workspace</th>
          <th scope="col">Score</th>
          <th scope="col">Stage</th>
          <th scope="col">Destination</th>
        </tr>
      </thead>
      <tbody>
        {units.map(unit => (
          <UnitLine key={unit.unitId} unit={unit} />
        ))}
      </tbody>
    </table>
  )
}

function UnitLine({ unit }: Readonly<{ unit: UnitState }>): ReactNode {
  const stage = stageOf(unit.stage)
  const channel = channelOf(unit.destination)
  const Icon = channel.icon
  const name = unit.unitName ?? unit.unitId
  return (
    <tr>
      <th scope="row" title={unit.owner === null ? name : `${name}, owner ${unit.owner}`}>
        <span className="clip">{name}</span>
        {unit.workspaces > 1 && <span className="muted impact__many">{counted(unit.workspaces, 'workspace')}</span>}
      </th>
      <td className="number impact__score">{score(unit.score)}</td>
      <td>
        <span className="with-mark">
          <LevelGlyph level={stage.level} color={stage.color} />
          {stage.label}
        </span>
      </td>
      <td>
        <span className="with-mark">
          <Icon size={14} strokeWidth={1.75} color={channel.color} aria-hidden />
          <span className="clip">{channel.label}</span>
        </span>
      </td>
    </tr>
  )
}
