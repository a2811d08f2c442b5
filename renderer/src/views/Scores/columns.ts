import type { ScoreLevel } from '../../state/navigation.ts'
import type { SortKey } from '../../state/score-list.ts'
import type { GridColumn } from '../../ui/VirtualTable.tsx'

const NAME: GridColumn = {
  id: 'name',
  header: 'Workspace',
  means: 'Name of the workspace and of its account.',
  width: 'minmax(170px, 1.3fr)',
  isSortable: true,
}
const SCORE: GridColumn = {
  id: 'score',
  header: 'Score',
  means: 'Activation + depth + intent + expansion + fit + negative, held within 0 to 100. The bar shows the parts.',
  width: '112px',
  isSortable: true,
}
const STAGE: GridColumn = {
  id: 'stage',
  header: 'Stage',
  means: 'By the thresholds of the model.',
  width: '76px',
  isSortable: true,
}
const DESTINATION: GridColumn = {
  id: 'destination',
  header: 'Destination',
  means: 'Where the first routing rule that holds sends it; “+” stands for channels beside it.',
  width: '144px',
  isSortable: true,
}
const REASON: GridColumn = {
  id: 'reason',
  header: 'Top reason',
  means: 'The ledger line with the most points.',
  width: 'minmax(160px, 2.3fr)',
  isSortable: false,
}
const OWNER: GridColumn = {
  id: 'owner',
  header: 'Owner',
  means: 'The owner of the account, or whom routing assigned; else the team.',
  width: '120px',
  isSortable: false,
}
const HEALTH: GridColumn = {
  id: 'health',
  header: 'Health',
  means: 'Dormant, at risk, growing or steady.',
  width: '76px',
  isSortable: false,
}
const LAST_ACTIVE: GridColumn = {
  id: 'lastActive',
  header: 'Last active',
  means: 'Newest event, counted back from the as-of day.',
  align: 'end',
  width: '78px',
  isSortable: true,
}

const ACCOUNT: GridColumn = { ...NAME, header: 'Account', means: 'The account; its workspaces are pooled.' }

/** What fits into the width, the most telling first. */
export function columnsFor(width: number, level: ScoreLevel, hidden: readonly string[] = []): readonly GridColumn[] {
  const columns = fittingBut(width, hidden)
  if (level !== 'account') return columns
  return columns.map(column => (column.id === 'name' ? { ...ACCOUNT, width: column.width } : column))
}

export function headerOf(columnId: string): string {
  return ALL.find(column => column.id === columnId)?.header ?? columnId
}

const ALL = [NAME, SCORE, STAGE, DESTINATION, REASON, OWNER, HEALTH, LAST_ACTIVE]

/** What a hidden column leaves free goes to those that would not have fitted. */
function fittingBut(width: number, hidden: readonly string[]): readonly GridColumn[] {
  let room = width
  for (;;) {
    const columns = fitting(room)
    const free = columns.filter(column => hidden.includes(column.id)).map(leastWidth)
    const next = width + free.reduce((sum, each) => sum + each, 0)
    if (next <= room) return columns.filter(column => !hidden.includes(column.id))
    room = next
  }
}

const leastWidth = ({ width }: GridColumn): number => Number(/\d+/.exec(width)?.[0] ?? 0)

function fitting(width: number): readonly GridColumn[] {
  if (width < 500) return [{ ...NAME, width: 'minmax(100px, 1fr)' }, SCORE, STAGE]
  if (width < 600) return [{ ...NAME, width: 'minmax(120px, 1fr)' }, SCORE, STAGE, { ...DESTINATION, width: '114px' }]
  if (width < 820) return [NAME, SCORE, STAGE, DESTINATION, LAST_ACTIVE]
  if (width < 1000) return [NAME, SCORE, STAGE, DESTINATION, REASON, LAST_ACTIVE]
  if (width < 1180) return [NAME, SCORE, STAGE, DESTINATION, REASON, OWNER, LAST_ACTIVE]
  return [NAME, SCORE, STAGE, DESTINATION, REASON, OWNER, HEALTH, LAST_ACTIVE]
}

export function sortKeyOf(columnId: string): SortKey {
  const keys: readonly SortKey[] = ['name', 'score', 'stage', 'destination', 'lastActive']
  return keys.find(key => key === columnId) ?? 'score'
}
