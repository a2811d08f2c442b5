import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { SCORE_LEVELS, showLevel, useNavigation } from '../../state/navigation.ts'
import { LEVELS } from './level-words.ts'

/** What is listed: workspaces, accounts with their workspaces pooled, or the people of all workspaces. */
export function LevelSwitch(): ReactNode {
  const level = useNavigation(state => state.level)
  return (
    <SegmentedControl
      className="scores__levels"
      size="xs"
      aria-label="Level"
      data={SCORE_LEVELS.map(value => ({ value, label: LEVELS[value].title }))}
      value={level}
      onChange={value => showLevel(SCORE_LEVELS.find(known => known === value) ?? 'workspace')}
    />
  )
}
