import { Button, Menu } from '@mantine/core'
import { ArrowDownWideNarrow, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Counts, countsOf, QUESTIONS, type Question, useIdentity } from '../../state/identity-overview.ts'
import {
  BANDS_OF,
  changeQueue,
  QUEUE_VIEWS,
  type QueueSort,
  type QueueView,
  useReviewQueue,
} from '../../state/review-queue.ts'
import { count } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { QUESTION_WORDS, VIEW_WORDS } from './identity-words.ts'

const SORTS: Readonly<Record<QueueSort, readonly [label: string, means: string]>> = {
  doubt: ['Most useful first', 'Uncertain ones that move scores, most of them by estimate'],
  bits: ['Strongest evidence first', 'By bits'],
  name: ['By name', 'Of the left record'],
}

/** Which question, which candidates, in which order. */
export function QueueBar(): ReactNode {
  return (
    <div className="filter-bar queue-bar">
      <fieldset className="filter-bar__stages queue-bar__questions">
        <legend className="unseen">Question</legend>
        {QUESTIONS.map(question => (
          <QuestionChip key={question} question={question} />
        ))}
      </fieldset>
      <div className="screen__spacer" />
      <ViewMenu />
      <SortMenu />
      <QueueSearch />
    </div>
  )
}

function QuestionChip({ question }: Readonly<{ question: Question }>): ReactNode {
  const { client } = useServices()
  const isOn = useReviewQueue(state => state.question === question)
  const isUnfolded = useReviewQueue(state => state.showsFollowing && state.question === question)
  const open = useIdentity(state => within(countsOf(state.overview, question), 'open', isUnfolded))
  const { label, asks } = QUESTION_WORDS[question]
  return (
    <button
      type="button"
      className={isOn ? 'chip is-on' : 'chip'}
      aria-pressed={isOn}
      title={asks}
      onClick={() => perform(changeQueue(client, { question }))}
    >
      {label}
      <span className="chip__count">{count(open)}</span>
    </button>
  )
}

/** What follows from which of several accounts is right is that one question, unless it is shown one by one. */
function within(counts: Counts | null, view: QueueView, isUnfolded: boolean): number {
  if (counts === null) return 0
  const all = BANDS_OF[view].reduce((sum, band) => sum + counts[band], 0)
  return view === 'open' && !isUnfolded ? all - counts.following + counts.ties : all
}

function ViewMenu(): ReactNode {
  const { client } = useServices()
  const view = useReviewQueue(state => state.view)
  const question = useReviewQueue(state => state.question)
  const counts = useIdentity(state => countsOf(state.overview, question))
  const isUnfolded = useReviewQueue(state => state.showsFollowing)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          rightSection={<ChevronDown size={14} aria-hidden />}
          aria-label={`Shown: ${VIEW_WORDS[view]}`}
        >
          {VIEW_WORDS[view]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {QUEUE_VIEWS.map(id => (
          <Menu.Item
            key={id}
            aria-current={id === view}
            rightSection={<span className="menu-figure number">{count(within(counts, id, isUnfolded))}</span>}
            onClick={() => perform(changeQueue(client, { view: id }))}
          >
            {VIEW_WORDS[id]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function SortMenu(): ReactNode {
  const { client } = useServices()
  const sort = useReviewQueue(state => state.sort)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<ArrowDownWideNarrow size={14} aria-hidden />}
          aria-label={`Order: ${SORTS[sort][0]}`}
        >
          {SORTS[sort][0]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(SORTS) as QueueSort[]).map(id => (
          <Menu.Item
            key={id}
            aria-current={id === sort}
            onClick={() => perform(changeQueue(client, { sort: id, isDescending: id !== 'name' }))}
          >
            {SORTS[id][0]}
            <span className="menu-note">{SORTS[id][1]}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Names, addresses and ids; asked for shortly after the last key. */
function QueueSearch(): ReactNode {
  const { client } = useServices()
  const search = useReviewQueue(state => state.search)
  const ask = (text: string): void => perform(changeQueue(client, { search: text }))
  return <SearchField label="Search the candidates" search={search} onSearch={ask} />
}
