import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import type { Platform } from '../../platform/platform.ts'
import {
  type Activation,
  changeActivation,
  isChanged,
  loadActivation,
  resetActivation,
  useActivation,
} from '../../state/activation.ts'
import { applyActivation } from '../../state/activation-apply.ts'
import { useHealth } from '../../state/health.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { useProject } from '../../state/project.ts'
import { rescore } from '../../state/scoring.ts'
import { look } from '../../state/workspace-as-of.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { notifyDone, perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { ActivationEffectView } from './ActivationEffectView.tsx'
import { MilestoneEditor } from './MilestoneEditor.tsx'

const MOST_SECONDARY = 2

/** The activation rule, edited, with what the change would do shown beside it. */
export function ActivationTab(): ReactNode {
  const { client } = useServices()
  const checkedAt = useHealth(state => state.report?.checkedAt ?? null)
  const draft = useActivation(state => state.draft)
  const status = useActivation(state => state.status)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new check means other data
  useEffect(() => perform(loadActivation(client)), [client, checkedAt])
  if (status === 'failed') return <Retry title="The effect cannot be shown" again={() => loadActivation(client)} />
  if (draft === null) return <SkeletonRows rows={10} label="The rule is being read" />
  return (
    <div className="activation">
      <Rule draft={draft} />
      <ActivationEffectView />
    </div>
  )
}

function Rule({ draft }: Readonly<{ draft: Activation }>): ReactNode {
  const { client } = useServices()
  const change = (next: Activation): void => perform(changeActivation(client, next))
  const setSecondary = (place: number, next: Activation['secondary'][number] | null): void =>
    change({
      ...draft,
      secondary: draft.secondary.flatMap((known, i) => (i !== place ? [known] : next === null ? [] : [next])),
    })
  return (
    <section className="activation__rule" aria-label="Activation rule">
      <p className="soft">
        A workspace is activated from the first instant at which the primary milestone holds. Secondary milestones are
        shown beside it.
      </p>
      <MilestoneEditor
        title="Primary milestone"
        name={null}
        holdsWhen={draft.primary}
        onChange={(_name, primary) => change({ ...draft, primary })}
      />
      {draft.secondary.map((milestone, place) => (
        <MilestoneEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a milestone is its place; its name is being typed
          key={place}
          title={`Secondary milestone ${place + 1}`}
          name={milestone.id}
          holdsWhen={milestone.holdsWhen}
          onChange={(id, holdsWhen) => setSecondary(place, { id: id ?? milestone.id, holdsWhen })}
          onRemove={() => setSecondary(place, null)}
        />
      ))}
      {draft.secondary.length < MOST_SECONDARY && (
        <Button
          variant="default"
          className="activation__add"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => change({ ...draft, secondary: [...draft.secondary, newMilestone(draft)] })}
        >
          Add a secondary milestone
        </Button>
      )}
      <Actions />
    </section>
  )
}

function newMilestone({ secondary }: Activation): Activation['secondary'][number] {
  const ids = secondary.map(({ id }) => id)
  const id = ['secondary_1', 'secondary_2'].find(name => !ids.includes(name)) ?? 'secondary'
  return { id, holdsWhen: { activePersons: 3 } }
}

function Actions(): ReactNode {
  const { client } = useServices()
  const hasChanged = useActivation(isChanged)
  const isApplying = useActivation(state => state.isApplying)
  const isScoreOld = useProject(state => state.summary?.scoreRun?.isStale ?? false)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  return (
    <div className="activation__actions">
      <Button disabled={!hasChanged || isBusy} loading={isApplying} onClick={() => perform(apply(client))}>
        Apply as a new model version
      </Button>
      <Button variant="default" disabled={!hasChanged} onClick={() => perform(resetActivation(client))}>
        Reset
      </Button>
      {!hasChanged && isScoreOld && (
        <span className="activation__stale" role="status">
          Scores are older than the data or the model.
          <button
            type="button"
            className="plain text-button"
            disabled={isBusy}
            onClick={() => perform(rescore(client))}
          >
            Re-score
          </button>
        </span>
      )}
    </div>
  )
}

async function apply(client: Platform['client']): Promise<void> {
  await applyActivation(client)
  await look(client)
  notifyDone(
    'The activation rule is in force',
    'It is part of a new model version. Scores change when they are made again.',
  )
}
