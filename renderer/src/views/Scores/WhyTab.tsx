import type { ReactNode } from 'react'
import { type UnitDetail, useScoreUnit } from '../../state/score-unit.ts'
import { day, points } from '../../ui/format.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { bucketOf, channelOf, healthOf, inSentence } from '../words.ts'
import { topReasons, withoutPoints } from './ledger.ts'
import { Outlook } from './Outlook.tsx'
import { UnitWaterfall } from './UnitWaterfall.tsx'

type Props = Readonly<{ unit: UnitDetail }>

/** The answer to "why this score": reasons in words, then the whole sum, drawn. */
export function WhyTab({ unit }: Props): ReactNode {
  return (
    <>
      <Reasons unit={unit} />
      <section aria-labelledby="waterfall-title">
        <h3 id="waterfall-title" className="section-title">
          How the score adds up
        </h3>
        <UnitWaterfall unit={unit} />
      </section>
      <Outlook unit={unit} />
      <Activity />
      <Next unit={unit} />
    </>
  )
}

function Reasons({ unit }: Props): ReactNode {
  const reasons = topReasons(unit.lines)
  const against = unit.lines.filter(line => line.finalPoints < 0 && line.bucket !== 'total')
  return (
    <section aria-labelledby="reasons-title">
      <h3 id="reasons-title" className="section-title">
        Top reasons
      </h3>
      {reasons.length === 0 && <p className="soft">Nothing speaks for this workspace yet: no line has points.</p>}
      <ol className="reasons">
        {[...reasons, ...against].map(line => (
          <li key={`${line.signal} ${line.personId ?? ''}`} className="reasons__line">
            <span className="reasons__mark" style={{ background: bucketOf(line.bucket).color }} aria-hidden />
            <span>{withoutPoints(line.sentence)}</span>
            <span className={line.finalPoints < 0 ? 'number reasons__points is-negative' : 'number reasons__points'}>
              {points(line.printedPoints)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Activity(): ReactNode {
  const perDay = useScoreUnit(state => state.perDay)
  const firstDay = useScoreUnit(state => state.firstDay)
  if (perDay.length === 0) return null
  return (
    <section aria-labelledby="activity-title">
      <h3 id="activity-title" className="section-title">
        Activity
      </h3>
      <Sparkline
        values={perDay}
        nameOf={index => day(firstDay + index)}
        label="Events per day"
        startLabel={day(firstDay)}
        endLabel={day(firstDay + perDay.length - 1)}
      />
    </section>
  )
}

function Next({ unit }: Props): ReactNode {
  const next = unit.milestones.find(milestone => !milestone.holds)
  const health = healthOf(unit.row.health)
  return (
    <section aria-labelledby="next-title">
      <h3 id="next-title" className="section-title">
        What to do next
      </h3>
      <p>
        {next === undefined ? (
          'Every milestone is reached.'
        ) : (
          <>
            {next.prompt} <span className="muted">through {inSentence(channelOf(next.channel).label)}</span>
          </>
        )}
      </p>
      <p className="soft">
        Health: {health.label.toLowerCase()}
        {unit.healthEvidence.length > 0 && ` (${unit.healthEvidence.join('; ')})`}
      </p>
    </section>
  )
}
