import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { askHealth, type CheckCode } from './health.ts'

type Page = Output<'health.rows'>
export type HealthRow = Page['rows'][number]
export type HealthColumn = Page['columns'][number]

type HealthRows = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  code: CheckCode | null
  columns: readonly HealthColumn[]
  /** Rows seen so far, by place. */
  rows: Readonly<Record<number, HealthRow>>
  total: number
  /** Place of the row whose whole content is open. */
  openAt: number | null
}>

const PAGE = 200
const EMPTY: HealthRows = { status: 'idle', code: null, columns: [], rows: {}, total: 0, openAt: null }

export const useHealthRows = create<HealthRows>()(() => EMPTY)
const requested = new Set<number>()
let latest = 0

/** The first rows behind a check. */
export async function showHealthRows(client: Pick<Client, 'health.rows'>, code: CheckCode): Promise<void> {
  latest += 1
  requested.clear()
  useHealthRows.setState({ ...EMPTY, code, status: 'loading' })
  await fetchPage(client, 0)
}

/** Fetches the pages of places `first` to `last` that are not here yet. */
export async function fetchHealthRows(client: Pick<Client, 'health.rows'>, first: number, last: number): Promise<void> {
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) await fetchPage(client, page)
}

async function fetchPage(client: Pick<Client, 'health.rows'>, page: number): Promise<void> {
  const { code } = useHealthRows.getState()
  if (code === null || requested.has(page)) return
  requested.add(page)
  const question = latest
  try {
    const { columns, rows, total } = await askHealth(options =>
      client['health.rows']({ code, offset: page * PAGE, limit: PAGE }, options),
    )
    if (question !== latest) return
    const fresh = Object.fromEntries(rows.map((row, i) => [page * PAGE + i, row]))
    useHealthRows.setState(state => ({ status: 'ready', columns, total, rows: { ...state.rows, ...fresh } }))
  } catch (error) {
    if (question !== latest) return
    requested.delete(page)
    useHealthRows.setState({ status: 'failed' })
    throw error
  }
}

export function openHealthRow(openAt: number | null): void {
  useHealthRows.setState({ openAt })
}

export function forgetHealthRows(): void {
  latest += 1
  requested.clear()
  useHealthRows.setState(EMPTY)
}
