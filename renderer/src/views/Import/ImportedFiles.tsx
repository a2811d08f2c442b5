import { Tabs } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { showHeld, useHeldRows } from '../../state/held-rows.ts'
import { useImportTab } from '../../state/import-tab.ts'
import { useImports } from '../../state/imports.ts'
import { filesThatCount } from '../../state/physical-files.ts'
import { useProject } from '../../state/project.ts'
import { count } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { HeldRows } from './HeldRows.tsx'
import { ImportTable } from './ImportTable.tsx'
import { LastRun } from './LastRun.tsx'

/** What earlier imports did, file by file, and the rows they held. */
export function ImportedFiles(): ReactNode {
  const { client } = useServices()
  const tab = useImportTab(state => state.tab)
  const status = useImports(state => state.listStatus)
  const files = useImports(state => filesThatCount(state.list))
  const held = useProject(state => state.summary?.held ?? 0)
  const heldStatus = useHeldRows(state => state.status)
  useEffect(() => {
    if (tab === 'held' && heldStatus === 'idle') perform(showHeld(client, null))
  }, [client, tab, heldStatus])
  if (status === 'loading') return <SkeletonRows rows={8} label="Imports are being read" />
  return (
    <Tabs
      value={tab}
      onChange={value => useImportTab.setState({ tab: value === 'held' ? 'held' : 'files' })}
      className="import-tabs"
      keepMounted={false}
    >
      <LastRun />
      <Tabs.List>
        <Tabs.Tab value="files">
          Files <span className="tab-count">{count(files)}</span>
        </Tabs.Tab>
        <Tabs.Tab value="held">
          Held rows <span className={held > 0 ? 'tab-count tab-count--warn' : 'tab-count'}>{count(held)}</span>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="files" className="import-tabs__panel">
        <ImportTable />
      </Tabs.Panel>
      <Tabs.Panel value="held" className="import-tabs__panel">
        <HeldRows />
      </Tabs.Panel>
    </Tabs>
  )
}
