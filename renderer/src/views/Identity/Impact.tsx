import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Card } from '../../state/review-card.ts'
import { useReviewImpact } from '../../state/review-impact.ts'
import { counted, score, words } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { channelOf, stageOf } from '../words.ts'
import { FIELD_WORDS, WON_WORDS } from './person-words.ts'
import { useImpactToCome, useShownImpact } from './shown-impact.ts'
import { type ShownSides, shownSides } from './shown-sides.ts'

type UnitState = NonNullable<Card['impact']>['before'][number]

const DOING = {
  persons: 'What joining them would do',
  workspaces: 'What merging them would do',
  companies: 'What one company would do',
  accounts: 'What assigning it would do',
  signups: 'What assigning it would do',
} as const

/** What the answer would do to score, stage and route: the workspaces as they stand, and as they would. */
export function Impact({ card }: Readonly<{ card: Card }>): ReactNode {
  const impact = useShownImpact(card)
  useImpactToCome(card)
  // Where nothing changes, the head of the card has said so.
  const isSaid = impact !== null && impact.before.length + impact.after.length === 0
  if (isSaid && card.handedOver.length === 0) return null
  return (
    <section aria-labelledby="impact-title">
      <h3 id="impact-title" className="section-title">
        {DOING[card.candidate.pair.question]}
      </h3>
      {impact === null ? <NotYet card={card} /> : <Sides {...shownSides(impact)} />}
      {card.handedOver.length > 0 && <HandedOver card={card} />}
    </section>
  )
}

/** What lists and hand-offs would call the one person, where that replaces what they call one of the two now. */
function HandedOver({ card: { handedOver } }: Readonly<{ card: Card }>): ReactNode {
  return (
    <table className="impact__units impact__handed">
      <caption>Handed over for both</caption>
      <colgroup>
        <col className="impact__handed-field" />
        <col />
        <col className="impact__handed-reason" />
      </colgroup>
      <thead className="unseen">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">After</th>
          <th scope="col">Holds by</th>
        </tr>
      </thead>
      <tbody>
        {handedOver.map(({ field, value, reason, replaced }) => (
          <tr key={field}>
            <th scope="row">{words(FIELD_WORDS[field])}</th>
            <td>
              {value} <span className="muted impact__instead">instead of {replaced.join(', ')}</span>
            </td>
            <td className="muted">{WON_WORDS[reason]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sides({ before, after, left }: ShownSides): ReactNode {
  return (
    <>
      {before.length > 0 && (
        <div className="impact">
          <Units label="Now" units={before} />
          <ArrowRight size={16} strokeWidth={1.75} className="impact__arrow" aria-hidden />
          <Units label="After" units={after} />
        </div>
      )}
      {left !== null && <p className="soft impact__left">{left}</p>}
    </>
  )
}

/** Why nothing is shown: nothing is touched, or so much that it is still worked out. */
function NotYet({ card: { impactToCome } }: Readonly<{ card: Card }>): ReactNode {
  const said = useReviewImpact(state => state.said)
  const message = useReviewImpact(state => (state.status === 'failed' ? state.message : null))
  if (impactToCome === null)
    return <p className="soft">No score is touched by this answer, or nothing has been scored yet.</p>
  if (message !== null)
    return (
      <p className="soft">
        {impactToCome} What it would do could not be worked out: {message}
      </p>
    )
  const phase = said?.phase ?? 'Reading what they did'
  return (
    <div className="impact-to-come" aria-busy>
      <p className="soft">
        {impactToCome} <span className="muted">{phase}…</span>
      </p>
      <Meter done={said?.done ?? 0} total={said?.total ?? null} label={phase} />
    </div>
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
