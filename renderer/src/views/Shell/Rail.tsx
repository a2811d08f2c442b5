import { Tooltip, UnstyledButton } from '@mantine/core'
import { Keyboard } from 'lucide-react'
import type { ReactNode } from 'react'
import { useHelp } from '../../state/help.ts'
import { go, useNavigation } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { ROOMS, type Room } from '../rooms.ts'
import { ThemeToggle } from './ThemeToggle.tsx'

/** The rooms of the house, one below the other. */
export function Rail(): ReactNode {
  const name = useProject(state => state.summary?.project.name ?? '')
  const folder = useProject(state => state.summary?.project.folder ?? '')
  return (
    <nav className="rail" aria-label="Screens">
      <Tooltip label={folder} position="right" disabled={folder === ''}>
        <button type="button" className="plain rail__project" onClick={() => go('home')}>
          <span className="rail__mark" aria-hidden>
            {name.charAt(0).toUpperCase()}
          </span>
          <span className="clip">{name}</span>
        </button>
      </Tooltip>
      <ul className="rail__rooms">
        {ROOMS.map(room => (
          <li key={room.screen}>
            <RoomLink room={room} />
          </li>
        ))}
      </ul>
      <div className="rail__foot">
        <UnstyledButton className="rail__room" onClick={() => useHelp.setState({ isOpen: true })}>
          <Keyboard size={16} strokeWidth={1.75} aria-hidden />
          <span>Shortcuts</span>
          <kbd className="key">?</kbd>
        </UnstyledButton>
        <ThemeToggle />
      </div>
    </nav>
  )
}

function RoomLink({ room }: Readonly<{ room: Room }>): ReactNode {
  const isHere = useNavigation(state => state.screen === room.screen)
  const Icon = room.icon
  return (
    <a className="rail__room" href={`#/${room.screen}`} aria-current={isHere ? 'page' : undefined}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span>{room.label}</span>
    </a>
  )
}
