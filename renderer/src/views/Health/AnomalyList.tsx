import type { ReactNode } from 'react'
import { decideAnomaly } from '../../state/anomaly-verdict.ts'
import { type HealthAnomaly, type HealthCheck, useHealth } from '../../state/health.ts'
import { count, counted, dateTime } from '../../ui/format.ts'
import { AnomalyVerdict } from '../AnomalyVerdict.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Props = Readonly<{ code: HealthCheck['code'] }>

const KINDS: Readonly<Partial<Record<HealthCheck['code'], HealthAnomaly['kind']>>> = {
  event_burst: 'burst',
  event_loop: 'loop',
  bot_signup: 'bot_signups',
}
const SHOWN = 50
const VERDICTS = ['confirmed', 'dismissed'] as const
const NONE: readonly HealthAnomaly[] = []

/** Whether what a check found are anomalies that can be decided about. */
export const hasAnomalies = (code: HealthCheck['code']): boolean => KINDS[code] !== undefined

/** Each burst, loop or crowd of sign-ups, to be dismissed or confirmed; the decision lasts over imports. */
export function AnomalyList({ code }: Props): ReactNode {
  const all = useHealth(state => state.report?.anomalies.newest ?? NONE)
  const found = all.filter(({ kind }) => kind === KINDS[code])
  if (found.length === 0) return null
  const dismissed = found.filter(({ verdict }) => verdict === 'dismissed').length
  return (
    <section aria-labelledby="anomalies-title">
      <h3 id="anomalies-title" className="section-title">
        What was found
        {dismissed > 0 && ` · ${count(dismissed)} of ${count(found.length)} dismissed`}
      </h3>
      <p className="soft anomalies__note">
        A workspace with an open anomaly of the last days waits before it is routed. Dismiss those that are real use.
      </p>
      <ul className="anomalies">
        {found.slice(0, SHOWN).map(anomaly => (
          <Line key={anomaly.id} anomaly={anomaly} />
        ))}
      </ul>
      {found.length > SHOWN && <p className="muted">{counted(found.length - SHOWN, 'older one')} not shown.</p>}
    </section>
  )
}

function Line({ anomaly }: Readonly<{ anomaly: HealthAnomaly }>): ReactNode {
  const { client } = useServices()
  const { evidence, lastAt, subject, kind, verdict } = anomaly
  const words = kind === 'burst' ? `${subject}: ${evidence}` : evidence
  return (
    <li className={verdict === 'dismissed' ? 'anomaly is-dismissed' : 'anomaly'}>
      <div className="anomaly__text">
        <p>{words}</p>
        <p className="muted">
          {dateTime(lastAt)}
          {verdict !== null && (verdict === 'dismissed' ? ' · Dismissed' : ' · Confirmed')}
        </p>
      </div>
      {VERDICTS.map(own => (
        <AnomalyVerdict
          key={own}
          words={words}
          verdict={own}
          decided={verdict}
          onDecide={to => perform(decideAnomaly(client, anomaly.id, to))}
        />
      ))}
    </li>
  )
}
