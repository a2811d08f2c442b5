import { Button, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { applyHeldChange } from '../../state/held-apply.ts'
import { changeFix, type FixKind, fixOf, ruleChange, useHeldFix } from '../../state/held-fix.ts'
import type { HeldGroup } from '../../state/held-group.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { HeldFixFields } from './HeldFixFields.tsx'
import { HeldPreview } from './HeldPreview.tsx'
import { notifyFixed } from './held-notice.tsx'
import { FIX_LABELS } from './held-text.ts'

/** One fix for all rows of a rule, with what it would come to before it is applied. */
export function HeldFixBar({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const { client } = useServices()
  const apply = async (): Promise<void> => {
    const change = ruleChange(group, fixOf(useHeldFix.getState()))
    if (change === null) return
    const { outcome, done } = await applyHeldChange(client, change)
    notifyFixed(client, outcome, done)
  }
  return (
    <form
      className="fix-bar"
      aria-label="Fix all rows of this rule"
      onSubmit={event => {
        event.preventDefault()
        perform(apply())
      }}
    >
      <div className="fix-bar__line">
        <KindField group={group} />
        <HeldFixFields group={group} />
        <div className="screen__spacer" />
        <ApplyButton group={group} />
      </div>
      <HeldPreview group={group} />
    </form>
  )
}

function KindField({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const { client } = useServices()
  const kind = useHeldFix(state => state.kind)
  const kinds = group.fixes as readonly FixKind[] // of the same words
  if (group.state === 'left-out') return <p>They are in no table and count for no score.</p>
  return (
    <Select
      className="fix-bar__kind"
      aria-label="What to do with all of them"
      data={kinds.map(value => ({ value, label: FIX_LABELS[value] }))}
      value={kind}
      allowDeselect={false}
      checkIconPosition="right"
      onChange={value => {
        if (value !== null) perform(changeFix(client, group, { kind: value as FixKind }))
      }}
    />
  )
}

function ApplyButton({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const kind = useHeldFix(state => state.kind)
  const loads = useHeldFix(state => state.outcome?.loads ?? 0)
  const settles = useHeldFix(state => (state.outcome?.loads ?? 0) + (state.outcome?.skips ?? 0))
  const isReady = useHeldFix(state => state.status === 'ready')
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  if (kind === 'leave-out' || kind === 'take-back')
    return (
      <Button type="submit" variant="default" disabled={isBusy}>
        {kind === 'leave-out'
          ? `Leave out ${counted(group.count, 'row')}`
          : `Hold ${counted(group.count, 'row')} again`}
      </Button>
    )
  return (
    <Button type="submit" disabled={isBusy || !isReady || settles === 0}>
      {isReady && loads > 0 ? `Load ${count(loads)} ${loads === 1 ? 'row' : 'rows'}` : 'Load rows'}
    </Button>
  )
}
