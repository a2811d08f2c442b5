import { Check, Minus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { UnitDetail } from '../../state/score-unit.ts'
import { words } from '../../ui/format.ts'
import { channelOf } from '../words.ts'
import { ownerOf } from './owner.ts'

type Props = Readonly<{ unit: UnitDetail }>
type RuleTrace = UnitDetail['trace'][number]
type TestTrace = RuleTrace['all'][number]
type ChannelTrace = RuleTrace['channels'][number]

/** What a success manager is asked to do. */
const PLAYS: Readonly<Record<NonNullable<UnitDetail['play']>, string>> = {
  expand: 'Expand: help the team to grow.',
  save: 'Save: find out why use is falling.',
  renew: 'Renew: the renewal is near and at risk.',
}

/** Where the workspace goes, and every rule that was tried until one held. */
export function RoutingTab({ unit }: Props): ReactNode {
  const { row, suppressedBy, trace } = unit
  const decided = trace.findLast(rule => rule.holds)
  const also = row.also.map(id => channelOf(id).label)
  const owner = ownerOf(row)
  return (
    <>
      <section aria-label="Decision">
        <h3 className="section-title">Decision</h3>
        <dl className="facts">
          <dt>Destination</dt>
          <dd>
            {channelOf(row.destination).label}. <span className="soft">{channelOf(row.destination).means}</span>
          </dd>
          {also.length > 0 && (
            <>
              <dt>Also</dt>
              <dd>{also.join(', ')}</dd>
            </>
          )}
          {unit.play !== null && (
            <>
              <dt>Play</dt>
              <dd>{PLAYS[unit.play]}</dd>
            </>
          )}
          <dt>Owner</dt>
          <dd>
            {owner.label}
            {owner.isNamed && row.ownerTeam !== null && <span className="soft">, {row.ownerTeam} team</span>}
            {unit.isOverCapacity && <span className="soft">: nobody in the team has room left this week</span>}
          </dd>
          <dt>Decided by</dt>
          <dd>{decided?.title ?? 'no rule'}</dd>
          {suppressedBy.length > 0 && (
            <>
              <dt>Stopped</dt>
              <dd>{suppressedBy.map(words).join(', ')}</dd>
            </>
          )}
        </dl>
      </section>
      <section aria-label="Rules tried">
        <h3 className="section-title">Rules tried, first match wins</h3>
        <ol className="rules">
          {trace.map((rule, place) => (
            <RuleLine key={rule.ruleId} rule={rule} place={place + 1} />
          ))}
        </ol>
      </section>
    </>
  )
}

function RuleLine({ rule, place }: Readonly<{ rule: RuleTrace; place: number }>): ReactNode {
  const Icon = rule.holds ? Check : Minus
  return (
    <li className={rule.holds ? 'rule is-met' : 'rule'}>
      <details open={rule.holds}>
        <summary className="rule__head">
          <Icon size={14} aria-hidden />
          <span className="muted">{place}</span>
          <span>{rule.title}</span>
          <span className="rule__verdict">{rule.holds ? 'holds' : 'does not hold'}</span>
        </summary>
        <RuleTests rule={rule} />
      </details>
    </li>
  )
}

/** Every condition of a rule with the value that met or failed it. */
export function RuleTests({ rule }: Readonly<{ rule: Pick<RuleTrace, 'all' | 'any' | 'channels'> }>): ReactNode {
  return (
    <>
      {rule.all.length === 0 && rule.any.length === 0 && <p className="rule__tests soft">Holds for every workspace.</p>}
      {rule.all.length > 0 && <Tests tests={rule.all} says="All of" />}
      {rule.any.length > 0 && <Tests tests={rule.any} says={rule.all.length > 0 ? 'and any of' : 'Any of'} />}
      {rule.channels.map(channel => (
        <ChannelTests key={`${channel.use} ${channel.channel}`} trace={channel} />
      ))}
    </>
  )
}

/** A channel that goes with the decision, or takes its place, where its own tests hold. */
function ChannelTests({ trace: { use, channel, holds, all } }: Readonly<{ trace: ChannelTrace }>): ReactNode {
  const says = `${use === 'also' ? 'Also' : 'Instead'} ${channelOf(channel).label}: ${holds ? 'yes' : 'no'}`
  return all.length > 0 ? (
    <Tests tests={all} says={`${says}, when all of`} />
  ) : (
    <p className="rule__tests muted">{says}</p>
  )
}

function Tests({ tests, says }: Readonly<{ tests: readonly TestTrace[]; says: string }>): ReactNode {
  return (
    <div className="rule__tests">
      <p className="muted">{says}</p>
      <ul>
        {tests.map(test => (
          <li key={test.sentence} className={test.holds ? 'test is-met' : 'test'}>
            {test.holds ? <Check size={12} aria-label="met" /> : <X size={12} aria-label="not met" />}
            <span>{test.sentence}</span>
            <code className="number">{test.value}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
