import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

export type ScoredPerson = Output<'score.people'>['rows'][number]
export type PeopleSort = NonNullable<Input<'score.people'>['sort']>

type People = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** People that the search leaves, one per workspace they are in. */
  total: number
  sort: PeopleSort
  isDescending: boolean
  search: string
  /** Rows seen so far, by place. */
  rows: Readonly<Record<number, ScoredPerson>>
  /** Place the keyboard is on. */
  active: number
}>

const EMPTY: People = {
  status: 'idle',
  total: 0,
  sort: 'userScore',
  isDescending: true,
  search: '',
  rows: {},
  active: -1,
}
const PAGE = 100
const MOST_PAGES = 80

export const useScorePeople = create<People>()(() => EMPTY)
const requested = new Set<number>()
let latest = 0

/** Asks for the first page anew; answers that were overtaken by a later question are dropped. */
export async function loadPeople(client: Pick<Client, 'score.people'>): Promise<void> {
  const question = ++latest
  requested.clear()
  requested.add(0)
  if (useScorePeople.getState().status !== 'ready') useScorePeople.setState({ status: 'loading' })
  try {
    const { total, rows } = await pageOf(client, 0)
    if (question === latest) useScorePeople.setState({ status: 'ready', total, rows: { ...rows }, active: -1 })
  } catch (error) {
    if (question === latest) useScorePeople.setState({ status: 'failed' })
    throw error
  }
}

/** Sorts by a column; the same column again turns the order round. */
export async function sortPeople(client: Pick<Client, 'score.people'>, sort: PeopleSort): Promise<void> {
  useScorePeople.setState(state => ({
    sort,
    isDescending: state.sort === sort ? !state.isDescending : sort !== 'personId',
  }))
  await loadPeople(client)
}

export async function searchPeople(client: Pick<Client, 'score.people'>, search: string): Promise<void> {
  useScorePeople.setState({ search })
  await loadPeople(client)
}

/** Fetches the pages of places `first` to `last` that are not here yet. */
export async function fetchPeople(client: Pick<Client, 'score.people'>, first: number, last: number): Promise<void> {
  const from = Math.floor(Math.max(0, first) / PAGE)
  for (let page = from; page <= Math.floor(last / PAGE); page++) {
    if (!requested.has(page)) await fetchPage(client, page)
  }
}

async function fetchPage(client: Pick<Client, 'score.people'>, page: number): Promise<void> {
  const question = latest
  requested.add(page)
  try {
    const { rows } = await pageOf(client, page)
    if (question !== latest) return
    const isFull = requested.size > MOST_PAGES
    if (isFull) {
      requested.clear()
      requested.add(page)
    }
    useScorePeople.setState(state => ({ rows: isFull ? { ...rows } : { ...state.rows, ...rows } }))
  } catch (error) {
    if (question === latest) requested.delete(page)
    throw error
  }
}

async function pageOf(
  client: Pick<Client, 'score.people'>,
  page: number,
): Promise<Readonly<{ total: number; rows: People['rows'] }>> {
  const { sort, isDescending, search } = useScorePeople.getState()
  const offset = page * PAGE
  const answer = await client['score.people']({ sort, descending: isDescending, search, offset, limit: PAGE })
  return { total: answer.total, rows: Object.fromEntries(answer.rows.map((row, i) => [offset + i, row])) }
}

export function setActivePerson(active: number): void {
  useScorePeople.setState({ active })
}

export function forgetPeople(): void {
  latest += 1
  requested.clear()
  useScorePeople.setState(EMPTY)
}
