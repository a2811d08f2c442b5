import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import { SIMULATOR_TABS, type SimulatorTab, setSimulatorView, useSimulatorView } from '../../state/simulator-view.ts'
import { count } from '../../ui/format.ts'
import { CompareTab } from './CompareTab.tsx'
import { FlowTab } from './FlowTab.tsx'
import { FragilityTab } from './FragilityTab.tsx'
import { MoversTab } from './MoversTab.tsx'
import { SolveTab } from './SolveTab.tsx'
import { TornadoTab } from './TornadoTab.tsx'
import { VolumeTab } from './VolumeTab.tsx'

const PARTS: Readonly<Record<SimulatorTab, () => ReactNode>> = {
  volume: VolumeTab,
  movers: MoversTab,
  stages: () => <FlowTab matrix="stage" />,
  destinations: () => <FlowTab matrix="destination" />,
  solve: SolveTab,
  tornado: TornadoTab,
  fragility: FragilityTab,
  compare: CompareTab,
}

/** What the scenario comes to, part by part. */
export function SimulatorTabs(): ReactNode {
  const tab = useSimulatorView(state => state.tab)
  const Part = PARTS[tab]
  return (
    <Tabs
      value={tab}
      onChange={value =>
        setSimulatorView({ tab: SIMULATOR_TABS.find(known => known === value) ?? 'volume', cell: null })
      }
      className="simulator__tabs"
    >
      <Tabs.List aria-label="Parts of the answer">
        <Tabs.Tab value="volume">Volume</Tabs.Tab>
        <Tabs.Tab value="movers">Movers</Tabs.Tab>
        <Tabs.Tab value="stages">
          Stages <MovedCount by="stage" />
        </Tabs.Tab>
        <Tabs.Tab value="destinations">
          Destinations <MovedCount by="destination" />
        </Tabs.Tab>
        <Tabs.Tab value="solve">Fill a capacity</Tabs.Tab>
        <Tabs.Tab value="tornado">Sensitivity</Tabs.Tab>
        <Tabs.Tab value="fragility">Close calls</Tabs.Tab>
        <Tabs.Tab value="compare">Compare</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value={tab} className="simulator__part" tabIndex={-1}>
        <Part />
      </Tabs.Panel>
    </Tabs>
  )
}

function MovedCount({ by }: Readonly<{ by: 'stage' | 'destination' }>): ReactNode {
  const moved = useSimulator(state => state.answer?.movers[by] ?? 0)
  return moved === 0 ? null : <span className="tab-count">{count(moved)}</span>
}
