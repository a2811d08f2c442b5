import { Button } from '@mantine/core'
import { History } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { showIdentityTab, useIdentity } from '../../state/identity-overview.ts'
import type { HistoryEntry } from '../../state/review-answer-store.ts'
import { undoAnswer } from '../../state/review-answers.ts'
import { fetchHistory, loadHistory, useReviewHistory } from '../../state/review-history.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, dateTime, words } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'

const COLUMNS: readonly GridColumn[] = [
  { id: 'no', header: 'No.', align: 'end', width: '48px', isSortable: false },
  { id: 'when', header: 'When', width: '160px', isSortable: false },
  { id: 'kind', header: 'Kind', width: '104px', isSortable: false },
  { id: 'what', header: 'What', width: 'minmax(200px, 5fr)', isSortable: false },
  { id: 'note', header: 'Note', width: 'minmax(96px, 1fr)', isSortable: false },
  {
    id: 'force',
    header: '',
    means: 'An entry is never removed: taking it back is a new entry.',
    align: 'end',
    width: '104px',
    isSortable: false,
  },
]

/** Every answer and every step back, newest first. Nothing is ever removed. */
export function HistoryTab(): ReactNode {
  const { client } = useServices()
  const status = useReviewHistory(state => state.status)
  const isEmpty = useReviewHistory(state => state.entries.length === 0)
  const version = useIdentity(state => state.overview?.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer makes another history
  useEffect(() => perform(loadHistory(client)), [client, version])
  if (status === 'failed') return <Retry title="The answers cannot be shown" again={() => loadHistory(client)} />
  if (status !== 'ready') return <SkeletonRows rows={12} label="Answers are being read" />
  if (isEmpty)
    return (
      <EmptyState
        icon={<History size={24} strokeWidth={1.5} />}
        title="Nothing has been answered yet"
        action={<Button onClick={() => showIdentityTab('review')}>Go to Review</Button>}
      >
        Answers, and what is set about values, domains, rules and words, appear here. Each can be taken back, also long
        after.
      </EmptyState>
    )
  return <Entries />
}

function Entries(): ReactNode {
  const { client } = useServices()
  const entries = useReviewHistory(state => state.entries)
  const [active, setActive] = useState(-1)
  const onVisible = useCallback((first: number, last: number) => perform(fetchHistory(client, first, last)), [client])
  return (
    <VirtualTable
      label="Answers"
      columns={COLUMNS}
      count={entries.length}
      rowHeight={32}
      sort={null}
      onSort={() => undefined}
      active={active}
      onActive={setActive}
      onOpen={setActive}
      onVisible={onVisible}
      cellsOf={place => {
        const entry = entries[place] ?? null
        return entry === null
          ? null
          : COLUMNS.map(({ id }) => cellOf(id, entry, () => perform(undoAnswer(client, entry.decisionNo))))
      }}
    />
  )
}

const KINDS: Readonly<Record<string, string>> = {
  must_link: 'Same',
  cannot_link: 'Different',
  skip: 'Later',
  assign: 'Its account',
  detach: 'Not its account',
  relation: 'Relation',
  set_rules: 'Rules',
  set_sources: 'Sources',
  set_type: 'Domain',
  undo: 'Step back',
  redo: 'Step forward',
}

function cellOf(id: string, entry: HistoryEntry, onUndo: () => void): ReactNode {
  const isFaint = !entry.isInForce
  if (id === 'no') return <span className="muted">{count(entry.decisionNo)}</span>
  if (id === 'when') return <span className="soft">{dateTime(entry.decidedAt)}</span>
  if (id === 'kind')
    return <span className={isFaint ? 'clip muted' : 'clip'}>{KINDS[entry.kind] ?? words(entry.kind)}</span>
  if (id === 'what')
    return (
      <span className={isFaint ? 'clip muted' : 'clip'} title={entry.sentence}>
        {entry.sentence}
        {entry.reverts !== null && <span className="muted"> (entry {count(entry.reverts)})</span>}
      </span>
    )
  if (id === 'note')
    return (
      <span className="clip soft" title={entry.note ?? ''}>
        {entry.note}
      </span>
    )
  if (entry.kind === 'undo' || entry.kind === 'redo') return null
  if (isFaint) return <span className="muted">taken back</span>
  return (
    <Button size="compact-xs" variant="subtle" color="gray" onClick={onUndo}>
      Take back
    </Button>
  )
}
