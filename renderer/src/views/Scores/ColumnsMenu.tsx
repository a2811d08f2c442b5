import { Menu } from '@mantine/core'
import { Columns3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { LIST_COLUMNS } from '#schema/list-columns'
import { hideColumns, useScoreColumns } from '../../state/score-columns.ts'
import { headerOf } from './columns.ts'

/** Which columns the table shows, as far as they fit. */
export function ColumnsMenu(): ReactNode {
  const hidden = useScoreColumns(state => state.hidden)
  return (
    <Menu closeOnItemClick={false} position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className="plain chip" aria-label="Columns">
          <Columns3 size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Columns, as far as they fit</Menu.Label>
        {LIST_COLUMNS.map(id => {
          return (
            <Menu.CheckboxItem
              key={id}
              checked={!hidden.includes(id)}
              onChange={() => hideColumns(LIST_COLUMNS.filter(known => hidden.includes(known) !== (known === id)))}
            >
              {headerOf(id)}
            </Menu.CheckboxItem>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
