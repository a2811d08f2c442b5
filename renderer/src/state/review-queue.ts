import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'
import type { Band, Question } from './identity-overview.ts'

export type Candidate = Output<'review.queue'>['candidates'][number]
export type Pair = Candidate['pair']
/** Several accounts that fit about as well: which of them is right settles what waits for them. */
export type Tie = NonNullable<Output<'review.queue'>['ties']['shown']>
export type QueueSort = NonNullable<Input<'review.queue'>['sort']>

/** What the list can hold; `open` is what waits for an answer. */
export const QUEUE_VIEWS = ['open', 'reconfirm', 'auto', 'watch', 'decided'] as const
export type QueueView = (typeof QUEUE_VIEWS)[number]
export const BANDS_OF: Readonly<Record<QueueView, readonly Band[]>> = {
  open: ['review', 'ambiguous', 'reconfirm'],
  reconfirm: ['reconfirm'],
  auto: ['auto'],
  watch: ['watch'],
  decided: ['decided'],
}

type Queue = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  question: Question
  view: QueueView
  sort: QueueSort
  isDescending: boolean
  search: string
  /** By place; null while a candidate is on its way. */
  rows: readonly (Candidate | null)[]
  /** Candidates left out because an answer to them moves no score by a point. */
  little: number
  showsLittle: boolean
  /** Candidates left out because they follow from which of several accounts is right. */
  following: number
  showsFollowing: boolean
  /** In how many cases that is to be said, and the one that is shown. */
  ties: Readonly<{ total: number; shown: Tie | null }>
  /** Its place. */
  tieAt: number
  /** Where a search finds nothing: how many candidates fit it in other views. */
  elsewhere: readonly Readonly<{ view: QueueView; matching: number }>[]
  /** Place of the candidate whose card is shown; -1 for none. */
  active: number
  /** Picked for one answer together, by `pairId`. */
  picked: readonly string[]
}>

const EMPTY: Queue = {
  status: 'idle',
  question: 'persons',
  view: 'open',
  sort: 'doubt',
  isDescending: true,
  search: '',
  rows: [],
  little: 0,
  showsLittle: false,
  following: 0,
  showsFollowing: false,
  ties: { total: 0, shown: null },
  tieAt: 0,
  elsewhere: [],
  active: -1,
  picked: [],
}
/** Points that an answer moves, from which on a candidate is shown without being asked for. */
const LEAST_EFFECT = 1
const PAGE = 100
export const MOST_PICKED = 500

export const useReviewQueue = create<Queue>()(() => EMPTY)
const requested = new Set<number>()
let latest = 0

export const pairId = ({ question, a, b }: Pair): string => JSON.stringify([question, a, b])

type QueueClient = Pick<Client, 'review.queue'>

/** The list anew, around the candidate that is shown; it stays shown where the list still holds it. */
export async function loadQueue(client: QueueClient): Promise<void> {
  const question = ++latest
  requested.clear()
  if (useReviewQueue.getState().status !== 'ready') useReviewQueue.setState({ status: 'loading' })
  const page = Math.max(0, Math.floor(useReviewQueue.getState().active / PAGE))
  try {
    const { candidates, matching, little, following, ties } = await askPage(client, page)
    const elsewhere = matching === 0 ? await askElsewhere(client) : []
    if (question !== latest) return
    requested.add(page)
    useReviewQueue.setState(({ rows: before, active, tieAt: place }) => {
      const rows: (Candidate | null)[] = new Array(matching).fill(null)
      for (const [i, candidate] of candidates.entries()) rows[page * PAGE + i] = candidate
      const shown = before[active] ?? null
      const found = shown === null ? -1 : rows.findIndex(row => row !== null && isSame(row, shown))
      const kept = found >= 0 ? found : Math.min(Math.max(0, active), matching - 1)
      const tieAt = Math.max(0, Math.min(place, ties.total - 1))
      return { status: 'ready', rows, little, following, ties, tieAt, elsewhere, active: kept }
    })
  } catch (error) {
    if (question === latest) useReviewQueue.setState({ status: 'failed' })
    throw error
  }
}

/** Views of which no other one is a part. */
const WHOLE_VIEWS = QUEUE_VIEWS.filter(view => view !== 'reconfirm')

/** What a search that finds nothing would find in other views. */
async function askElsewhere(client: QueueClient): Promise<Queue['elsewhere']> {
  const { question, view, search } = useReviewQueue.getState()
  if (search.trim() === '') return []
  const others = WHOLE_VIEWS.filter(other => other !== view)
  const pages = await Promise.all(
    others.map(other =>
      client['review.queue']({ question, bands: [...BANDS_OF[other]], sort: 'bits', search, limit: 1 }),
    ),
  )
  return others
    .map((other, i) => ({ view: other, matching: pages[i]?.matching ?? 0 }))
    .filter(({ matching }) => matching > 0)
}

const isSame = (a: Candidate, b: Candidate): boolean => pairId(a.pair) === pairId(b.pair)

function askPage(client: QueueClient, page: number): ReturnType<QueueClient['review.queue']> {
  const { question, view, sort, isDescending, search, showsLittle, showsFollowing, tieAt } = useReviewQueue.getState()
  const isFolded = view === 'open' && search.trim() === ''
  const bands = [...BANDS_OF[view]]
  return client['review.queue']({
    question,
    bands,
    sort,
    descending: isDescending,
    search,
    leastEffect: isFolded && !showsLittle ? LEAST_EFFECT : 0,
    foldsTies: isFolded && !showsFollowing,
    tie: tieAt,
    offset: page * PAGE,
    limit: PAGE,
  })
}

/** Fetches the pages of places `first` to `last` that are not here yet. */
export async function fetchQueue(client: QueueClient, first: number, last: number): Promise<void> {
  const question = latest
  const { rows } = useReviewQueue.getState()
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
    const isMissing = rows.slice(page * PAGE, (page + 1) * PAGE).includes(null)
    if (!isMissing || requested.has(page)) continue
    requested.add(page)
    const { candidates } = await askPage(client, page)
    if (question !== latest) return
    useReviewQueue.setState(state => ({
      rows: state.rows.map((row, place) => (row === null ? (candidates[place - page * PAGE] ?? null) : row)),
    }))
  }
}

type Change = Partial<
  Pick<Queue, 'question' | 'view' | 'sort' | 'isDescending' | 'search' | 'showsLittle' | 'showsFollowing'>
>

/** Another question, band, order, search or fold: another list, from its start. */
export async function changeQueue(client: QueueClient, change: Change): Promise<void> {
  const aside = change.question === undefined ? {} : { tieAt: 0, showsFollowing: false, ties: EMPTY.ties }
  useReviewQueue.setState({ ...aside, ...change, status: 'loading', rows: [], active: -1, picked: [] })
  await loadQueue(client)
}

/** Is a case in which several accounts fit asked about? It is among what waits for an answer. */
export function isTieShown({ ties, view, search }: Pick<Queue, 'ties' | 'view' | 'search'>): boolean {
  return ties.shown !== null && view === 'open' && search.trim() === ''
}

/** Is that asked about with nothing of the list beside it? Keys are for it then. */
export function isTieAlone(state: Pick<Queue, 'ties' | 'view' | 'search' | 'rows' | 'little'>): boolean {
  return isTieShown(state) && state.rows.length === 0 && state.little === 0
}

/** Shows the next case in which several accounts fit about as well, or the one before; from the last on to the first, and back. */
export async function nextTie(client: QueueClient, step: 1 | -1 = 1): Promise<void> {
  const { total } = useReviewQueue.getState().ties
  if (total < 2) return
  useReviewQueue.setState(({ tieAt }) => ({ tieAt: (tieAt + step + total) % total }))
  await loadQueue(client)
}

export function moveTo(active: number): void {
  useReviewQueue.setState(({ rows }) => ({ active: Math.max(-1, Math.min(rows.length - 1, active)) }))
}

/** Takes answered candidates out at once; the one after them is shown. */
export function dropRows(ids: readonly string[]): void {
  const gone = new Set(ids)
  useReviewQueue.setState(({ rows, active, picked }) => {
    const left = rows.filter(row => row === null || !gone.has(pairId(row.pair)))
    const before = rows.slice(0, Math.max(0, active)).filter(row => row !== null && gone.has(pairId(row.pair))).length
    const next = Math.min(active - before, left.length - 1)
    return { rows: left, active: next, picked: picked.filter(id => !gone.has(id)) }
  })
}

/** Picks, or picks no longer, for one answer together. */
export function togglePick(id: string): void {
  useReviewQueue.setState(({ picked }) => ({
    picked: picked.includes(id) ? picked.filter(known => known !== id) : [...picked, id].slice(0, MOST_PICKED),
  }))
}

export function setPicked(picked: readonly string[]): void {
  useReviewQueue.setState({ picked: [...new Set(picked)].slice(0, MOST_PICKED) })
}

export function candidateAt(state: Pick<Queue, 'rows'>, place: number): Candidate | null {
  return state.rows[place] ?? null
}

export function forgetQueue(): void {
  latest += 1
  requested.clear()
  useReviewQueue.setState(EMPTY)
}
