import { type ReactNode, useCallback, useEffect } from 'react'
import { takeDropped } from '../../state/intake.ts'
import { followAddress, useNavigation } from '../../state/navigation.ts'
import { loadProject, openProject, useProject } from '../../state/project.ts'
import { followLevel } from '../../state/score-switch.ts'
import { useFileDrop } from '../../ui/file-drop.ts'
import { ExportScreen } from '../Export/ExportScreen.tsx'
import { HealthScreen } from '../Health/HealthScreen.tsx'
import { ProjectScreen } from '../Home/ProjectScreen.tsx'
import { StartScreen } from '../Home/StartScreen.tsx'
import { IdentityScreen } from '../Identity/IdentityScreen.tsx'
import { HeldLoadDialog } from '../Import/HeldLoadDialog.tsx'
import { ImportScreen } from '../Import/ImportScreen.tsx'
import { ModelScreen } from '../Model/ModelScreen.tsx'
import { perform } from '../notify.tsx'
import { RoutingScreen } from '../Routing/RoutingScreen.tsx'
import { ScoresScreen } from '../Scores/ScoresScreen.tsx'
import { SimulatorScreen } from '../Simulator/SimulatorScreen.tsx'
import { useServices } from '../services.tsx'
import { TaxonomyScreen } from '../Taxonomy/TaxonomyScreen.tsx'
import { DropVeil } from './DropVeil.tsx'
import { EngineFailure } from './EngineFailure.tsx'
import { KeyboardHelp } from './KeyboardHelp.tsx'
import { Palette } from './Palette.tsx'
import { PipelineStrip } from './PipelineStrip.tsx'
import { Rail } from './Rail.tsx'
import { RecordDialog } from './RecordDialog.tsx'
import { StaleBanner } from './StaleBanner.tsx'
import { useShortcuts } from './shortcuts.ts'

const SCREENS = {
  home: ProjectScreen,
  import: ImportScreen,
  health: HealthScreen,
  taxonomy: TaxonomyScreen,
  identity: IdentityScreen,
  model: ModelScreen,
  scores: ScoresScreen,
  simulator: SimulatorScreen,
  routing: RoutingScreen,
  export: ExportScreen,
} as const

/** The frame around every screen; without a project, the start screen alone. */
export function Shell(): ReactNode {
  const platform = useServices()
  const status = useProject(state => state.status)
  const isOver = useFileDrop(useCallback(dropped => perform(takeDropped(platform, dropped)), [platform]))
  useEffect(() => followLevel(), [])
  useEffect(() => followAddress(window), [])
  useEffect(() => perform(start(platform)), [platform])
  useShortcuts()
  return (
    <>
      <button type="button" className="skip-link" onClick={skip}>
        Skip to content
      </button>
      {status === 'open' && <Framed />}
      {status === 'none' && <StartScreen />}
      {status === 'failed' && <EngineFailure />}
      {status === 'loading' && <p className="unseen">Opening</p>}
      <DropVeil isOver={isOver} />
      <Palette />
      <KeyboardHelp />
      <RecordDialog />
      <HeldLoadDialog />
    </>
  )
}

function skip(): void {
  document.getElementById('main')?.focus()
}

async function start({ client, shell }: ReturnType<typeof useServices>): Promise<void> {
  await loadProject(client)
  if (useProject.getState().status !== 'none') return
  const initial = await shell.initialProject()
  if (initial !== null) await openProject(client, initial.token)
}

function Framed(): ReactNode {
  const screen = useNavigation(state => state.screen)
  const Screen = SCREENS[screen]
  return (
    <div className="shell">
      <Rail />
      <div className="shell__main">
        <PipelineStrip />
        <StaleBanner />
        <main id="main" tabIndex={-1} className="shell__screen">
          <Screen />
        </main>
      </div>
    </div>
  )
}
