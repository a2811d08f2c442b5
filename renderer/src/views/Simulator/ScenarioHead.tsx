import { Button, SegmentedControl } from '@mantine/core'
import { RotateCcw, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { openSimulator, undoChange, useSimulator } from '../../state/simulator.ts'
import { revertApplied } from '../../state/simulator-apply.ts'
import { reviewScenario, useReview } from '../../state/simulator-review.ts'
import { changesOf } from '../../state/simulator-scenario.ts'
import { counted, date } from '../../ui/format.ts'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { unitName, unitsName } from './level-words.ts'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import { WorkingOut } from './WorkingOut.tsx'

/** Which run is the base, how much is changed, and what can be done with the scenario. */
export function ScenarioHead(): ReactNode {
  const opened = useSimulator(state => state.opened)
  const isUnscored = useSimulator(state => state.status === 'unscored')
  return (
    <div className="screen__head">
      <h1 className="screen__title">Simulator</h1>
      <LevelSwitch />
      {opened !== null && !isUnscored && (
        <span className="muted clip" title={`Model ${opened.modelName}, hash ${opened.modelHash}`}>
          {counted(opened.units, unitName(opened.level))} as of {date(opened.asOf)} · model {opened.modelName}
        </span>
      )}
      <div className="screen__spacer" />
      <WorkingOut />
      {opened !== null && !isUnscored && <Actions />}
    </div>
  )
}

const LEVELS = ['workspace', 'account'] as const

/** What is scored: workspaces, or accounts with their workspaces pooled. The scenario stays. */
function LevelSwitch(): ReactNode {
  const { client } = useServices()
  const level = useSimulator(state => state.level)
  const isBusy = useSimulator(state => state.status === 'loading')
  return (
    <SegmentedControl
      size="xs"
      aria-label="Level"
      className="simulator__levels"
      disabled={isBusy}
      data={LEVELS.map(value => ({ value, label: unitsName(value) }))}
      value={level}
      onChange={value => perform(openSimulator(client, LEVELS.find(known => known === value) ?? 'workspace'))}
    />
  )
}

function Actions(): ReactNode {
  const { client } = useServices()
  const changes = useSimulator(state => changesOf(state.scenario).length)
  const canUndo = useSimulator(state => state.past.length > 0)
  const applied = useReview(state => state.applied)
  const isApplied = useSimulator(state => state.scenario === applied?.scenario)
  return (
    <>
      {changes > 0 && (
        <span className={isApplied ? 'draft-status is-applied' : 'draft-status'} role="status">
          {counted(changes, 'change')} {isApplied ? 'applied' : 'not applied'}
        </span>
      )}
      {canUndo && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={() => perform(undoChange(client))}
        >
          Undo
        </Button>
      )}
      <ScenarioMenu />
      {applied !== null && (
        <Button
          variant="default"
          leftSection={<RotateCcw size={14} aria-hidden />}
          onClick={() => perform(revert(client))}
        >
          Revert
        </Button>
      )}
      {changes > 0 && !isApplied && <Button onClick={() => perform(reviewScenario(client))}>Review and apply</Button>}
    </>
  )
}

async function revert(client: Parameters<typeof revertApplied>[0]): Promise<void> {
  await revertApplied(client)
  notifyDone('Reverted', 'Model, rules and decisions are as they were before the last apply.')
}
