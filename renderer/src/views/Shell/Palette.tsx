import { useMantineColorScheme } from '@mantine/core'
import { Spotlight } from '@mantine/spotlight'
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { openUnit } from '../../state/navigation.ts'
import { searchUnits, usePalette } from '../../state/palette.ts'
import { useProject } from '../../state/project.ts'
import { score } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { stageOf } from '../words.ts'
import { commandsOf } from './commands.ts'

/** Commands, and workspaces by name, id or account. */
export function Palette(): ReactNode {
  const platform = useServices()
  const query = usePalette(state => state.query)
  const isScored = useProject(state => state.summary?.scoreRun != null)
  const onQuery = (typed: string): void => {
    if (isScored) perform(searchUnits(platform.client, typed))
    else usePalette.setState({ query: typed })
  }
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={onQuery}
      shortcut="mod + K"
      lockScroll={false}
      size={600}
      yOffset={96}
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
    >
      <Spotlight.Search
        placeholder={isScored ? 'Search workspaces and commands' : 'Search commands'}
        aria-label="Search workspaces and commands"
        leftSection={<Search size={16} aria-hidden />}
      />
      <Spotlight.ActionsList>
        <Found />
        <Commands />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Found(): ReactNode {
  const found = usePalette(state => state.found)
  if (found.length === 0) return null
  return (
    <Spotlight.ActionsGroup label="Workspaces">
      {found.map(row => {
        const stage = stageOf(row.stage)
        return (
          <Spotlight.Action key={row.unitNo} onClick={() => openUnit(row.unitId)}>
            <LevelGlyph level={stage.level} color={stage.color} />
            <span className="palette__label clip">{row.unitName ?? row.unitId}</span>
            <span className="palette__detail clip">{row.accountName ?? row.unitId}</span>
            <span className="palette__score">{score(row.score)}</span>
          </Spotlight.Action>
        )
      })}
    </Spotlight.ActionsGroup>
  )
}

function Commands(): ReactNode {
  const platform = useServices()
  const theme = useMantineColorScheme()
  const query = usePalette(state => state.query.trim().toLowerCase())
  const found = usePalette(state => state.found.length)
  useProject(state => state.status)
  const commands = commandsOf(platform, theme).filter(({ label, detail }) =>
    `${label} ${detail}`.toLowerCase().includes(query),
  )
  if (commands.length === 0)
    return found > 0 ? null : <Spotlight.Empty>No workspace and no command has this name</Spotlight.Empty>
  return (
    <Spotlight.ActionsGroup label="Commands">
      {commands.map(({ id, label, detail, icon: Icon, run }) => (
        <Spotlight.Action key={id} onClick={run}>
          <Icon size={14} aria-hidden />
          <span className="palette__label clip">{label}</span>
          <span className="palette__detail clip">{detail}</span>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  )
}
