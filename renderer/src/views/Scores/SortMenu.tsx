import { Menu } from '@mantine/core'
import { ArrowDownNarrowWide, ArrowUpNarrowWide, Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { type SortKey, sortBy, useScoreList } from '../../state/score-list.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

const SORTS: readonly (readonly [key: SortKey, label: string])[] = [
  ['score', 'Score'],
  ['activation', 'Activation points'],
  ['depth', 'Depth points'],
  ['intent', 'Intent points'],
  ['expansion', 'Expansion points'],
  ['fit', 'Fit points'],
  ['negative', 'Negative points'],
  ['lastActive', 'Last active'],
  ['name', 'Name'],
  ['account', 'Account'],
  ['stage', 'Stage'],
  ['destination', 'Destination'],
]

/** Every order the list can have; choosing the one in force turns it round. */
export function SortMenu(): ReactNode {
  const { client } = useServices()
  const sort = useScoreList(state => state.sort)
  const isDescending = useScoreList(state => state.isDescending)
  const label = SORTS.find(([key]) => key === sort)?.[1] ?? sort
  const Arrow = isDescending ? ArrowDownNarrowWide : ArrowUpNarrowWide
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className="plain chip" aria-label={`Sorted by ${label}`}>
          <Arrow size={14} aria-hidden /> <span className="sort-label">Sorted by {label.toLowerCase()}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SORTS.map(([key, name]) => (
          <Menu.Item
            key={key}
            rightSection={key === sort ? <Check size={14} aria-hidden /> : null}
            onClick={() => perform(sortBy(client, key))}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
