import { ActionIcon, Button } from '@mantine/core'
import { ArrowUpRight, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { openUnit } from '../../state/navigation.ts'
import { openRecord } from '../../state/record.ts'
import { type Alert, seeAlerts, setAlertView } from '../../state/routing-alerts.ts'
import { testUnit } from '../../state/routing-explain.ts'
import { date } from '../../ui/format.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { alertWords } from './alert-words.ts'

/** One alert: whom it is for, the records that say so, and the way to the workspace. */
export function AlertPanel({ alert }: Readonly<{ alert: Alert }>): ReactNode {
  const { client } = useServices()
  const { label, means } = alertWords(alert.kind)
  const isSeen = alert.seenAt !== null
  return (
    <SidePanel label="Alert">
      <div className="work-panel alert-panel">
        <header className="work-panel__head">
          <h2 className="unit-head__name">{alert.text}</h2>
          <ActionIcon
            className="unit-head__close"
            aria-label="Close the panel"
            onClick={() => setAlertView({ openId: null })}
          >
            <X size={16} aria-hidden />
          </ActionIcon>
          <p className="muted alert-panel__means">
            {label}. {means}
          </p>
        </header>
        <div className="alert-panel__body">
          <dl className="facts">
            <dt>For</dt>
            <dd>{alert.ownerName ?? alert.owner ?? <span className="muted">nobody owns it</span>}</dd>
            <dt>Territory</dt>
            <dd>{alert.territory ?? <span className="muted">none</span>}</dd>
            <dt>Day</dt>
            <dd>{date(Date.parse(alert.at))}</dd>
          </dl>
          <Evidence evidence={alert.evidence} />
          <div className="alert-panel__actions">
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => perform(seeAlerts(client, [alert.alertId], !isSeen))}
            >
              {isSeen ? 'Mark as not seen' : 'Mark as seen'}
            </Button>
            <button type="button" className="plain text-button with-mark" onClick={() => openUnit(alert.unitId)}>
              Open in Scores <ArrowUpRight size={12} aria-hidden />
            </button>
            <button type="button" className="plain text-button" onClick={() => perform(testUnit(client, alert.unitId))}>
              Why it goes where it goes
            </button>
          </div>
        </div>
      </div>
    </SidePanel>
  )
}

function Evidence({ evidence }: Pick<Alert, 'evidence'>): ReactNode {
  const { client } = useServices()
  return (
    <section aria-labelledby="alert-evidence">
      <h3 id="alert-evidence" className="section-title">
        Evidence
      </h3>
      <ul className="alert-panel__evidence">
        {evidence.map(({ table, key, text }) => (
          <li key={`${table} ${key}`}>
            <button
              type="button"
              className="plain record-link"
              title={`Show the row of ${key}`}
              onClick={() => perform(openRecord(client, table, key))}
            >
              {table} {key}
            </button>
            <span className="soft">{text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
