import type { ReactNode } from 'react'
import { useExports } from '../../state/exports.ts'
import { useProject } from '../../state/project.ts'
import { type Check, useRouting } from '../../state/routing-draft.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { count, counted, difference, percent } from '../../ui/format.ts'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { channelOf, DESTINATION_ORDER } from '../words.ts'
import { DestinationMark } from './DestinationMark.tsx'

/** Where the workspaces go by these rules, and how that differs from the rules in force. */
export function DestinationStrip(): ReactNode {
  const check = useRouting(state => state.check)
  const isOld = useRouting(state => state.isCheckOld)
  if (check === null) return null
  return (
    <dl className="destinations" aria-label="Destinations" aria-busy={isOld}>
      {DESTINATION_ORDER.map(id => (
        <Figure key={id} id={id} check={check} />
      ))}
    </dl>
  )
}

function Figure({ id, check }: Readonly<{ id: string; check: Check }>): ReactNode {
  const units = check.destinations[id] ?? 0
  const change = changeOf(check, id)
  const share = check.units === 0 ? 0 : units / check.units
  return (
    <div className="destinations__one">
      <dt>
        {id === 'review' ? (
          <button
            type="button"
            className="plain destinations__open"
            title="Show what has to be looked at first"
            onClick={() => setRoutingView({ tab: 'anomalies' })}
          >
            <DestinationMark id={id} />
          </button>
        ) : (
          <DestinationMark id={id} />
        )}
      </dt>
      <dd>
        <span className={units === 0 ? 'destinations__figure muted' : 'destinations__figure'}>{count(units)}</span>
        {change === 0 ? (
          <span className="destinations__note">{units === 0 ? '' : percent(share)}</span>
        ) : (
          <span className={change > 0 ? 'change is-up' : 'change is-down'}>{difference(change)}</span>
        )}
      </dd>
      <ListNote id={id} units={units} />
      <dd className="destinations__bar">
        <ShareBar share={share} color={channelOf(id).color} width={84} />
      </dd>
    </div>
  )
}

/** How many of those who go there are on the list that the team gets, and why that is another number. */
function ListNote({ id, units }: Readonly<{ id: string; units: number }>): ReactNode {
  const isDraft = useRouting(state => state.draft !== null)
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  const preview = useExports(state => (state.previewRunId === runId ? state.preview : null))
  // Figures are by the rules in force, lists by those that the workspaces were scored with.
  const isByOther = useProject(state => state.summary?.scoreRun?.staleBecause?.includes('routing') ?? false)
  if (id === 'none') return <dd className="destinations__list">no list</dd>
  if (preview === null) return <dd className="destinations__list" />
  const listed = preview.channels.find(({ channel }) => channel === id)?.rows ?? 0
  const { label } = channelOf(id)
  if (isDraft || isByOther)
    return (
      <dd
        className="destinations__list"
        title={
          isDraft
            ? `The list for ${label} is not by this draft: it changes when the draft is saved and the scores are made anew.`
            : `The list for ${label} is by earlier rules or owners. Re-score to make it anew.`
        }
      >
        {count(listed)} {isDraft ? 'listed now' : 'on the old list'}
      </dd>
    )
  return (
    <dd className="destinations__list" title={listText({ label, units, listed })}>
      {count(listed)} on the list
    </dd>
  )
}

type Listed = Readonly<{ label: string; units: number; listed: number }>

/** `24 workspaces go to SDR. 19 are on its list: suppressions stop the other 5.` */
function listText({ label, units, listed }: Listed): string {
  const goes = `${counted(units, 'workspace goes', 'workspaces go')} to ${label}.`
  const on = `${count(listed)} ${listed === 1 ? 'is' : 'are'} on its list`
  if (listed === units) return `${goes} ${on}.`
  return listed < units
    ? `${goes} ${on}: suppressions stop the other ${count(units - listed)}.`
    : `${goes} ${on}, with those that go elsewhere first and are here also.`
}

/** How many more go there than by the rules in force. */
export function changeOf({ moved }: Check, id: string): number {
  return moved.flows.reduce((sum, { from, to, units }) => sum + (to === id ? units : 0) - (from === id ? units : 0), 0)
}
