import { Bot, Repeat, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RoutedAnomaly } from '../../state/routing-anomalies.ts'
import { decideRouted } from '../../state/routing-verdict.ts'
import { count, dateTime } from '../../ui/format.ts'
import { AnomalyVerdict } from '../AnomalyVerdict.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { DestinationMark } from './DestinationMark.tsx'
import { UnitLink } from './UnitLink.tsx'

const KINDS = {
  burst: { label: 'Burst', icon: Zap },
  loop: { label: 'Loop', icon: Repeat },
  bot_signups: { label: 'Bot sign-ups', icon: Bot },
} as const
const SHOWN = 3

/** One anomaly: what was measured, whom it keeps waiting, and what was decided. */
export function AnomalyLine({ anomaly }: Readonly<{ anomaly: RoutedAnomaly }>): ReactNode {
  const { client } = useServices()
  const { id, kind, evidence, lastAt, verdict, isOpen } = anomaly
  const { label, icon: Icon } = KINDS[kind]
  return (
    <tr className={isOpen ? undefined : 'is-faint'}>
      <td className="routed-anomalies__what">
        <span className="with-mark routed-anomalies__kind">
          <Icon size={14} strokeWidth={1.75} aria-hidden />
          {label}
        </span>
        <span className="soft routed-anomalies__evidence">{evidence}</span>
      </td>
      <td>
        <Units anomaly={anomaly} />
      </td>
      <td className="soft routed-anomalies__last">
        {dateTime(lastAt)}
        <span className="muted">{isOpen ? 'open' : verdict === 'dismissed' ? 'dismissed' : 'no longer open'}</span>
      </td>
      <td className="routed-anomalies__decision">
        {(['confirmed', 'dismissed'] as const).map(own => (
          <AnomalyVerdict
            key={own}
            words={`${label}, ${evidence}`}
            verdict={own}
            decided={verdict}
            onDecide={to => perform(decideRouted(client, id, to))}
          />
        ))}
      </td>
    </tr>
  )
}

function Units({ anomaly: { units, unitsTotal } }: Readonly<{ anomaly: RoutedAnomaly }>): ReactNode {
  const shown = units.slice(0, SHOWN)
  return (
    <ul className="routed-anomalies__units">
      {shown.map(unit => (
        <li key={unit.unitId}>
          <UnitLink unit={unit} />
          <DestinationMark id={unit.destination} />
        </li>
      ))}
      {unitsTotal > shown.length && <li className="muted">and {count(unitsTotal - shown.length)} more</li>}
    </ul>
  )
}
