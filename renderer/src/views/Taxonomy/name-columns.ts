import type { NameSort } from '../../state/taxonomy-view.ts'
import type { GridColumn } from '../../ui/VirtualTable.tsx'

const NAME: GridColumn = {
  id: 'name',
  header: 'Event name',
  means: 'As the export writes it. Names are compared without case, blanks and punctuation.',
  width: 'minmax(180px, 1.3fr)',
  isSortable: true,
}
const KIND: GridColumn = {
  id: 'kind',
  header: 'Kind',
  means: 'The first kind, in their order, that takes the name.',
  width: 'minmax(150px, 1fr)',
  isSortable: true,
}
/** The category of most kinds fits behind their names. */
const WIDE_KIND: GridColumn = { ...KIND, width: 'minmax(228px, 1.2fr)' }
const figure = (id: NameSort, header: string, means: string, width: string): GridColumn => ({
  id,
  header,
  means,
  width,
  align: 'end',
  isSortable: true,
})
const EVENTS = figure('events', 'Events', 'Events up to the as-of day; repeated ids count once.', '64px')
const USERS = figure('users', 'Users', 'Distinct user ids.', '52px')
const WORKSPACES = figure('workspaces', 'Workspaces', 'Distinct workspaces.', '82px')
const FIRST = figure('firstDay', 'First', 'Day of the first event.', '82px')
const LAST = figure('lastDay', 'Last', 'Day of the last event up to the as-of day.', '82px')
const SHARE: GridColumn = { id: 'share', header: 'Share', align: 'end', width: '54px', isSortable: false }
const DAYS: GridColumn = { id: 'days', header: '30 days', width: '96px', isSortable: false }

/** What fits into the width, the most telling first. */
export function nameColumns(width: number): readonly GridColumn[] {
  if (width < 520) return [{ ...NAME, width: 'minmax(120px, 1.2fr)' }, { ...KIND, width: 'minmax(110px, 1fr)' }, EVENTS]
  if (width < 700) return [NAME, KIND, EVENTS, SHARE]
  if (width < 900) return [NAME, KIND, EVENTS, SHARE, WORKSPACES, DAYS]
  return [NAME, WIDE_KIND, EVENTS, SHARE, USERS, WORKSPACES, FIRST, LAST, DAYS]
}

export function nameSortOf(columnId: string): NameSort {
  const keys: readonly NameSort[] = ['events', 'name', 'users', 'workspaces', 'firstDay', 'lastDay', 'kind']
  return keys.find(key => key === columnId) ?? 'events'
}
