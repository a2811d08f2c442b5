import { FilePlus2, FolderOpen, Keyboard, type LucideIcon, Moon, Play, Stethoscope, Sun, Upload } from 'lucide-react'
import type { Platform } from '../../platform/platform.ts'
import { runHealth } from '../../state/health.ts'
import { useHelp } from '../../state/help.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { go } from '../../state/navigation.ts'
import { closeProject, useProject } from '../../state/project.ts'
import { rescore } from '../../state/scoring.ts'
import { perform } from '../notify.tsx'
import { ROOMS } from '../rooms.ts'

export type Command = Readonly<{ id: string; label: string; detail: string; icon: LucideIcon; run: () => void }>

type Theme = Readonly<{ setColorScheme: (scheme: 'light' | 'dark' | 'auto') => void }>

/** What the palette offers: the rooms that exist now and the steps of the pipeline. */
export function commandsOf(platform: Platform, { setColorScheme }: Theme): readonly Command[] {
  const isOpen = useProject.getState().status === 'open'
  const always: readonly Command[] = [
    {
      id: 'add',
      label: 'Add exports',
      detail: 'Choose files to import',
      icon: FilePlus2,
      run: () => perform(chooseAndTake(platform)),
    },
    { id: 'light', label: 'Light theme', detail: '', icon: Sun, run: () => setColorScheme('light') },
    { id: 'dark', label: 'Dark theme', detail: '', icon: Moon, run: () => setColorScheme('dark') },
    {
      id: 'help',
      label: 'Keyboard shortcuts',
      detail: '?',
      icon: Keyboard,
      run: () => useHelp.setState({ isOpen: true }),
    },
  ]
  return isOpen ? [...roomCommands(), ...projectCommands(platform), ...always] : always
}

function roomCommands(): readonly Command[] {
  return ROOMS.map(({ screen, label, icon, key }) => ({
    id: screen,
    label: `Go to ${label}`,
    detail: `G then ${key.toUpperCase()}`,
    icon,
    run: () => go(screen),
  }))
}

function projectCommands({ client }: Platform): readonly Command[] {
  return [
    {
      id: 'score',
      label: 'Score workspaces',
      detail: 'Identities, scores and routes anew',
      icon: Play,
      run: () => perform(rescore(client)),
    },
    {
      id: 'check',
      label: 'Check the data',
      detail: 'What is missing, repeated or belongs nowhere',
      icon: Stethoscope,
      run: () => {
        go('health')
        perform(runHealth(client))
      },
    },
    { id: 'write', label: 'Write files', detail: 'Lists and ledgers', icon: Upload, run: () => go('export') },
    {
      id: 'close',
      label: 'Close the project',
      detail: 'Open another or start a new one',
      icon: FolderOpen,
      run: () => perform(closeProject(client)),
    },
  ]
}
