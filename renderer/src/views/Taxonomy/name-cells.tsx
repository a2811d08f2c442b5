import type { ReactNode } from 'react'
import type { NameList, Preview, Suggestion } from '../../state/taxonomy.ts'
import type { Entries } from '../../state/taxonomy-entries.ts'
import { kindAt, togglePicked } from '../../state/taxonomy-view.ts'
import { count, day, share, shortDay } from '../../ui/format.ts'
import { categoryOf } from './category-words.ts'
import { DayBars } from './DayBars.tsx'
import { KindMark } from './KindMark.tsx'
import { daysSaid } from './name-words.ts'

/** All that the lines of the list are made of. */
export type NameGround = Readonly<{
  list: NameList
  preview: Preview
  entries: Entries
  suggestions: ReadonlyMap<string, Suggestion>
  picked: ReadonlySet<string>
}>

/** What stands in one column of one name. */
export function nameCell(columnId: string, place: number, ground: NameGround): ReactNode {
  const { columns, events } = ground.list
  const own = columns.events[place] ?? 0
  const dayText = (value: number | undefined): string => (own === 0 || value === undefined ? '–' : day(value))
  if (columnId === 'name') return <NameCell place={place} ground={ground} />
  if (columnId === 'kind') return <KindCell place={place} ground={ground} />
  if (columnId === 'events') return count(own)
  if (columnId === 'share') return <span className="soft">{share(events === 0 ? 0 : own / events)}</span>
  if (columnId === 'users') return <span className="soft">{count(columns.users[place] ?? 0)}</span>
  if (columnId === 'workspaces') return <span className="soft">{count(columns.workspaces[place] ?? 0)}</span>
  if (columnId === 'firstDay') return <span className="soft">{dayText(columns.firstDay[place])}</span>
  if (columnId === 'lastDay') return <span className="soft">{dayText(columns.lastDay[place])}</span>
  return <DayBars values={daysAt(ground.list, place)} label={daysSaid(ground.list, place)} />
}

export function daysAt({ columns, sparkDays }: NameList, place: number): Uint32Array {
  return columns.perDay.subarray(place * sparkDays, (place + 1) * sparkDays)
}

type Props = Readonly<{ place: number; ground: NameGround }>

function NameCell({ place, ground }: Props): ReactNode {
  const name = ground.list.names[place] ?? ''
  const later = ground.list.columns.later[place] ?? 0
  return (
    <span className="name-line" title={name}>
      <input
        type="checkbox"
        className="name-line__pick"
        tabIndex={-1}
        aria-label={`Pick ${name}`}
        checked={ground.picked.has(name)}
        onChange={() => togglePicked(name)}
        onClick={event => event.stopPropagation()}
      />
      <span className="clip">{name}</span>
      {later > 0 && (
        <span className="also" title={`${count(later)} events after ${shortDay(ground.list.today)}, not counted`}>
          +{count(later)} later
        </span>
      )}
    </span>
  )
}

function KindCell({ place, ground }: Props): ReactNode {
  const { preview, entries, suggestions, list } = ground
  const kind = kindAt(preview, place)
  const inForce = preview.kinds[preview.columns.kindInForce[place] ?? 0] ?? ''
  const isMoved = kind !== inForce
  if (kind === '') {
    const like = suggestions.get(list.names[place] ?? '')?.likenesses[0]?.kind
    return (
      <span className="with-mark">
        <span className="no-kind">No kind</span>
        {like !== undefined && <span className="muted clip">like {like}</span>}
        {isMoved && <span className="moved-mark" title={`${inForce} as it is in force`} />}
      </span>
    )
  }
  const category = entries.find(entry => entry.kind === kind)?.category ?? 'other'
  return (
    <>
      <KindMark kind={kind} category={category} />
      <span className="kind-category clip" title={`${kind}: ${categoryOf(category).label}`}>
        {categoryOf(category).label}
      </span>
      {isMoved && (
        <span className="moved-mark" title={inForce === '' ? 'new; has no kind as it is in force' : `was ${inForce}`}>
          <span className="unseen">changed</span>
        </span>
      )}
    </>
  )
}
