import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'

export type HeldRow = Output<'import.held'>['rows'][number]

type HeldRows = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  rows: readonly HeldRow[]
  total: number
  /** Only the held rows of one import; null: of all. */
  importId: number | null
  openId: number | null
}>

const PAGE = 200
const NONE: HeldRows = { status: 'idle', rows: [], total: 0, importId: null, openId: null }

export const useHeldRows = create<HeldRows>()(() => NONE)
let latest = 0

/** The first page, of one import or of all. */
export async function showHeld(client: Pick<Client, 'import.held'>, importId: number | null): Promise<void> {
  useHeldRows.setState({ ...NONE, importId })
  await loadNextHeld(client)
}

/** The next page in the order the rows were read; nothing once all are here. */
export async function loadNextHeld(client: Pick<Client, 'import.held'>): Promise<void> {
  const { status, rows, total, importId } = useHeldRows.getState()
  if (status === 'loading' || (status === 'ready' && rows.length >= total)) return
  const question = ++latest
  useHeldRows.setState({ status: 'loading' })
  try {
    const filter = importId === null ? {} : { importId }
    const page = await client['import.held']({ after: rows.at(-1)?.heldId ?? 0, limit: PAGE, ...filter })
    if (question !== latest) return
    useHeldRows.setState({ status: 'ready', rows: [...rows, ...page.rows], total: page.total })
  } catch (error) {
    if (question === latest) useHeldRows.setState({ status: 'failed' })
    throw error
  }
}

export function openHeld(heldId: number | null): void {
  useHeldRows.setState({ openId: heldId })
}

export function forgetHeld(): void {
  latest += 1
  useHeldRows.setState(NONE)
}
