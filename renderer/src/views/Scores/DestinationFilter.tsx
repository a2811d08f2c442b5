import { Menu } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useHistogram } from '../../state/score-histogram.ts'
import { useScoreList } from '../../state/score-list.ts'
import { count } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf, DESTINATION_ORDER } from '../words.ts'
import { applyFilter, toggled } from './filtering.ts'

/** The destinations of the run with their counts, any number of them chosen. */
export function DestinationFilter(): ReactNode {
  const { client } = useServices()
  const chosen = useScoreList(state => state.filter.destinations)
  const counts = useHistogram(state => state.destinationCounts)
  const toggle = (id: string): void => perform(applyFilter(client, { destinations: toggled(chosen, id) }))
  return (
    <Menu closeOnItemClick={false} position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className={chosen.length > 0 ? 'plain chip is-on' : 'plain chip'}>
          {labelOf(chosen)} <ChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {DESTINATION_ORDER.map(id => {
          const { label, icon: Icon } = channelOf(id)
          return (
            <Menu.CheckboxItem
              key={id}
              checked={chosen.includes(id)}
              rightSection={<span className="menu-figure">{count(counts[id] ?? 0)}</span>}
              onChange={() => toggle(id)}
            >
              <span className="with-mark">
                <Icon size={14} strokeWidth={1.75} aria-hidden />
                {label}
              </span>
            </Menu.CheckboxItem>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

function labelOf(chosen: readonly string[]): string {
  const [first] = chosen
  if (first === undefined) return 'Destination'
  return chosen.length === 1 ? channelOf(first).label : `${chosen.length} destinations`
}
