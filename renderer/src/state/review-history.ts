import { create } from 'zustand'
import type { Client } from '#contract/contract'
import type { HistoryEntry } from './review-answer-store.ts'

type History = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** By place, newest first; null while on its way. */
  entries: readonly (HistoryEntry | null)[]
}>

const PAGE = 100
const EMPTY: History = { status: 'idle', entries: [] }

export const useReviewHistory = create<History>()(() => EMPTY)
const requested = new Set<number>()
let latest = 0

/** The newest entries; what was shown stays until they are here. */
export async function loadHistory(client: Pick<Client, 'review.history'>): Promise<void> {
  latest += 1
  requested.clear()
  if (useReviewHistory.getState().status !== 'ready') useReviewHistory.setState({ status: 'loading' })
  await fetchPage(client, 0)
}

/** Fetches the pages of places `first` to `last` that are not here yet. */
export async function fetchHistory(client: Pick<Client, 'review.history'>, first: number, last: number): Promise<void> {
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) await fetchPage(client, page)
}

async function fetchPage(client: Pick<Client, 'review.history'>, page: number): Promise<void> {
  if (requested.has(page)) return
  requested.add(page)
  const question = latest
  try {
    const { total, entries } = await client['review.history']({ offset: page * PAGE, limit: PAGE })
    if (question !== latest) return
    useReviewHistory.setState(state => ({
      status: 'ready',
      entries: Array.from({ length: total }, (_, place) => {
        const own = entries[place - page * PAGE]
        return own ?? (page === 0 ? null : (state.entries[place] ?? null))
      }),
    }))
  } catch (error) {
    if (question !== latest) return
    requested.delete(page)
    useReviewHistory.setState({ status: 'failed' })
    throw error
  }
}

export function forgetHistory(): void {
  latest += 1
  requested.clear()
  useReviewHistory.setState(EMPTY)
}
