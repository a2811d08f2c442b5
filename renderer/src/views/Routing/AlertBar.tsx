import { Button } from '@mantine/core'
import { CheckCheck } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { ALERT_KINDS, type Alert, seeAlerts, setAlertView, useAlerts } from '../../state/routing-alerts.ts'
import { editPolicy } from '../../state/routing-draft.ts'
import { count } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { alertWords } from './alert-words.ts'
import { DaysField } from './DaysField.tsx'

/** Which alerts are shown, for how many days something is new, and the mark for all of them. */
export function AlertBar({ shown }: Readonly<{ shown: readonly Alert[] }>): ReactNode {
  const { client } = useServices()
  const isUnseenOnly = useAlerts(state => state.isUnseenOnly)
  const unseen = shown.filter(({ seenAt }) => seenAt === null)
  return (
    <div className="filter-bar alert-bar" role="toolbar" aria-label="Alerts">
      <Kinds />
      <button
        type="button"
        className={isUnseenOnly ? 'plain chip is-on' : 'plain chip'}
        aria-pressed={isUnseenOnly}
        onClick={() => setAlertView({ isUnseenOnly: !isUnseenOnly })}
      >
        Not seen
      </button>
      <Owners />
      <Days />
      <div className="screen__spacer" />
      <Button
        size="compact-sm"
        variant="default"
        disabled={unseen.length === 0}
        leftSection={<CheckCheck size={14} aria-hidden />}
        onClick={() =>
          perform(
            seeAlerts(
              client,
              unseen.map(({ alertId }) => alertId),
              true,
            ),
          )
        }
      >
        Mark {count(unseen.length)} as seen
      </Button>
    </div>
  )
}

function Kinds(): ReactNode {
  const alerts = useAlerts(state => state.alerts)
  const chosen = useAlerts(state => state.kind)
  return ALERT_KINDS.map(kind => {
    const { label, means, icon: Icon } = alertWords(kind)
    const isOn = chosen === kind
    return (
      <button
        key={kind}
        type="button"
        className={isOn ? 'plain chip is-on' : 'plain chip'}
        title={means}
        aria-pressed={isOn}
        onClick={() => setAlertView({ kind: isOn ? null : kind })}
      >
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {label} <span className="chip__count">{count(alerts.filter(alert => alert.kind === kind).length)}</span>
      </button>
    )
  })
}

function Owners(): ReactNode {
  const alerts = useAlerts(state => state.alerts)
  const owner = useAlerts(state => state.owner)
  const owners = useMemo(() => {
    const names = new Map(alerts.map(alert => [alert.owner ?? '', alert.ownerName ?? alert.owner ?? 'Nobody']))
    return [...names].sort(([, a], [, b]) => a.localeCompare(b, 'en'))
  }, [alerts])
  return (
    <select
      className="choice-field person-choice"
      aria-label="Alerts for"
      value={owner === null ? 'all' : `of ${owner}`}
      onChange={event => {
        const { value } = event.currentTarget
        setAlertView({ owner: value === 'all' ? null : value.slice(3) })
      }}
    >
      <option value="all">For everybody</option>
      {owners.map(([id, name]) => (
        <option key={id} value={`of ${id}`}>
          {name}
        </option>
      ))}
    </select>
  )
}

function Days(): ReactNode {
  const { client } = useServices()
  const days = useAlerts(state => state.days)
  if (days === null) return null
  return (
    <span className="alert-bar__days">
      <span className="muted">New for</span>
      <DaysField
        label="Days for which something is new"
        path="alertDays"
        value={days}
        onChange={value => {
          const alertDays = Math.max(1, Math.min(366, Math.round(value)))
          perform(editPolicy(client, policy => ({ ...policy, alertDays }), 'alertDays'))
        }}
      />
    </span>
  )
}
