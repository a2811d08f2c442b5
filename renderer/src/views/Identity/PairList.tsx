import { Button } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useCallback } from 'react'
import { considerBatch } from '../../state/review-answers.ts'
import {
  type Candidate,
  candidateAt,
  changeQueue,
  fetchQueue,
  MOST_PICKED,
  moveTo,
  pairId,
  setPicked,
  togglePick,
  useReviewQueue,
} from '../../state/review-queue.ts'
import { count, points } from '../../ui/format.ts'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { BandMark } from './BandMark.tsx'
import { BITS_MEAN, namesOf, QUESTION_WORDS } from './identity-words.ts'

const COLUMNS: readonly GridColumn[] = [
  { id: 'pair', header: 'Candidates', width: 'minmax(0, 1fr)', isSortable: false },
  { id: 'bits', header: 'Bits', means: BITS_MEAN, align: 'end', width: '52px', isSortable: false },
]

/** The candidates, two lines each; picked ones can be answered together. */
export function PairList(): ReactNode {
  const { client } = useServices()
  const rows = useReviewQueue(state => state.rows)
  const active = useReviewQueue(state => state.active)
  const picked = useReviewQueue(state => state.picked)
  const onVisible = useCallback((first: number, last: number) => perform(fetchQueue(client, first, last)), [client])
  return (
    <section className="pair-list" aria-label="Candidates" onKeyDownCapture={onPickKey}>
      <div className="pair-list__table">
        <VirtualTable
          label="Candidates"
          columns={COLUMNS}
          count={rows.length}
          rowHeight={46}
          sort={null}
          onSort={ignore}
          active={active}
          onActive={moveTo}
          onOpen={moveTo}
          onVisible={onVisible}
          cellsOf={place => {
            const row = rows[place] ?? null
            return row === null
              ? null
              : [
                  <PairCell key="pair" row={row} isPicked={picked.includes(pairId(row.pair))} />,
                  <BitsCell key="bits" row={row} />,
                ]
          }}
        />
      </div>
      {picked.length > 0 ? <PickedBar /> : <LittleEffect />}
    </section>
  )
}

/** How many more there are that would hardly change a score, and the way to them. */
function LittleEffect(): ReactNode {
  const { client } = useServices()
  const little = useReviewQueue(state => state.little)
  const isShown = useReviewQueue(state => state.showsLittle)
  const isOpen = useReviewQueue(state => state.view === 'open' && state.search === '')
  if (!isOpen || (little === 0 && !isShown)) return null
  return (
    <div className="little-effect">
      <span className="muted clip">
        {isShown
          ? 'Those of little effect are shown last'
          : `${count(little)} more move less than a point, by estimate`}
      </span>
      <button
        type="button"
        className="plain text-button"
        onClick={() => perform(changeQueue(client, { showsLittle: !isShown }))}
      >
        {isShown ? 'Leave them out' : 'Show them'}
      </button>
    </div>
  )
}

const ignore = (): void => undefined

function PairCell({ row, isPicked }: Readonly<{ row: Candidate; isPicked: boolean }>): ReactNode {
  return (
    <span className="pair-cell">
      <input
        type="checkbox"
        className="name-line__pick"
        tabIndex={-1}
        aria-label={`Pick ${namesOf(row)}`}
        checked={isPicked}
        onChange={() => togglePick(pairId(row.pair))}
        onClick={event => event.stopPropagation()}
      />
      <span className="two-lines pair-cell__text">
        <span className="clip pair-cell__names" title={namesOf(row)}>
          {row.left.title}
          <span className="muted pair-cell__and"> {row.right === null ? '→ no account' : '·'} </span>
          {row.right?.title}
        </span>
        <span className="muted pair-cell__why pair-cell__telling" title={row.strongest}>
          {row.isSkipped && <span className="nowrap">Put off · </span>}
          <Telling row={row} />
        </span>
      </span>
    </span>
  )
}

/** What tells the two apart: their addresses, each cut for itself; the strongest evidence where these are missing or equal. */
function Telling({ row: { left, right, strongest } }: Readonly<{ row: Candidate }>): ReactNode {
  if (left.subtitle === null || right?.subtitle == null || left.subtitle === right.subtitle)
    return <span className="clip">{strongest}</span>
  return (
    <>
      <span className="clip">{left.subtitle}</span>
      <span className="nowrap">{' · '}</span>
      <span className="clip">{right.subtitle}</span>
    </>
  )
}

function BitsCell({ row }: Readonly<{ row: Candidate }>): ReactNode {
  return (
    <span className="pair-bits">
      <span>{row.bits === null ? '–' : points(row.bits)}</span>
      <BandMark band={row.band} isHeld={row.isHeld} />
    </span>
  )
}

function PickedBar(): ReactNode {
  const { client } = useServices()
  const picked = useReviewQueue(state => state.picked.length)
  const question = useReviewQueue(state => state.question)
  const { yes, no } = QUESTION_WORDS[question]
  return (
    <div className="picked-bar" role="status">
      <span className="nowrap">{count(picked)} picked</span>
      {picked === MOST_PICKED && <span className="muted clip">the most at once</span>}
      <div className="screen__spacer" />
      <Button size="compact-xs" variant="default" onClick={() => perform(considerBatch(client, 'same'))}>
        {yes}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => perform(considerBatch(client, 'different'))}>
        {no}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setPicked([])}>
        Unpick
      </Button>
    </div>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, J: 1, K: -1 }

/** Space picks the candidate the keyboard is on, Shift with the arrows picks along the way, Ctrl or Cmd A picks all that are here. */
function onPickKey(event: KeyboardEvent): void {
  if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'grid') return
  const state = useReviewQueue.getState()
  const idAt = (place: number): string | null => {
    const row = candidateAt(state, place)
    return row === null ? null : pairId(row.pair)
  }
  if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
    stop(event)
    setPicked(state.rows.flatMap(row => (row === null ? [] : [pairId(row.pair)])))
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const step = event.shiftKey ? STEPS[event.key] : undefined
  if (step !== undefined) {
    stop(event)
    const next = Math.max(0, Math.min(state.rows.length - 1, state.active + step))
    setPicked([...state.picked, ...[idAt(state.active), idAt(next)].filter(id => id !== null)])
    moveTo(next)
  } else if (event.key === ' ') {
    stop(event)
    const id = idAt(state.active)
    if (id !== null) togglePick(id)
  }
}

function stop(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}
