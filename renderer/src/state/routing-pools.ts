import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

export type Pools = Output<'routing.pools'>
export type Pool = Pools['teams'][number]
export type PoolMember = Pool['members'][number]
export type OwnedUnit = Output<'routing.owned'>['rows'][number]
export type Moves = Input<'routing.assign'>['moves']

/** What one person works, as far as it was asked for. */
type Work = Readonly<{ ownerId: string; total: number; rows: readonly (OwnedUnit | undefined)[] }>

type State = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  pools: Pools | null
  ownerId: string | null
  work: Work | null
  /** Places of the rows that are marked, and the one that the keyboard is on. */
  marked: ReadonlySet<string>
  active: number
  /** What brings back each step, the newest last. */
  past: readonly Moves[]
}>

const NONE: ReadonlySet<string> = new Set()
const EMPTY: State = {
  status: 'idle',
  pools: null,
  ownerId: null,
  work: null,
  marked: NONE,
  active: -1,
  past: [],
}
const PAGE = 200

export const usePools = create<State>()(() => EMPTY)
let latestPools = 0
let latestWork = 0
const asked = new Set<number>()

type ReadClient = Pick<Client, 'routing.pools' | 'routing.owned'>

export async function loadPools(client: ReadClient): Promise<void> {
  const question = ++latestPools
  usePools.setState(({ status }) => ({ status: status === 'ready' ? 'ready' : 'loading' }))
  try {
    const pools = await client['routing.pools']({})
    if (question === latestPools) usePools.setState({ status: 'ready', pools })
  } catch (error) {
    if (question === latestPools) usePools.setState({ status: 'failed' })
    throw error
  }
}

/** Opens the work of a person; null closes it. */
export async function chooseOwner(client: ReadClient, ownerId: string | null): Promise<void> {
  usePools.setState({ ownerId, work: null, marked: NONE, active: -1 })
  latestWork++
  asked.clear()
  if (ownerId !== null) await askWork(client, 0)
}

/** Reads what is on screen of the work of the person who is open. */
export async function showWork(client: ReadClient, first: number, last: number): Promise<void> {
  const pages = new Set([first, last].map(place => place - (place % PAGE)))
  await Promise.all([...pages].map(page => askWork(client, page)))
}

async function askWork(client: ReadClient, offset: number): Promise<void> {
  const { ownerId } = usePools.getState()
  if (ownerId === null || asked.has(offset)) return
  asked.add(offset)
  const question = latestWork
  try {
    const { total, rows } = await client['routing.owned']({ ownerId, offset, limit: PAGE })
    if (question !== latestWork) return
    usePools.setState(({ work }) => {
      const known = Array.from({ length: total }, (_, place) => work?.rows[place])
      for (const [i, row] of rows.entries()) known[offset + i] = row
      return { work: { ownerId, total, rows: known } }
    })
  } catch (error) {
    if (question === latestWork) asked.delete(offset)
    throw error
  }
}

export const setActiveWork = (active: number): void => usePools.setState({ active })

/** Marks a row, or takes its mark away. What the CRM says is no assignment and cannot be given away here. */
export function toggleMarked(unit: OwnedUnit): void {
  if (unit.team === null) return
  usePools.setState(({ marked }) => {
    const next = new Set(marked)
    if (!next.delete(unit.unitId)) next.add(unit.unitId)
    return { marked: next }
  })
}

/** Marks all assignments that were read, or none where all of them are marked. */
export function toggleAllMarked(): void {
  usePools.setState(({ marked, work }) => {
    const all = assignmentsOf(work).map(({ unitId }) => unitId)
    return { marked: marked.size === all.length ? NONE : new Set(all) }
  })
}

/** Rows that were read and that can be given away. */
export function assignmentsOf(work: Work | null): readonly (OwnedUnit & Readonly<{ team: string }>)[] {
  return (work?.rows ?? []).flatMap(row => (row === undefined || row.team === null ? [] : [{ ...row, team: row.team }]))
}

/** Asks anew for everything on screen: other people work it now. */
export async function readPoolsAnew(client: ReadClient): Promise<void> {
  latestWork++
  asked.clear()
  usePools.setState({ marked: NONE, active: -1 })
  await Promise.all([loadPools(client), askWork(client, 0)])
}

export function forgetPools(): void {
  latestPools++
  latestWork++
  asked.clear()
  usePools.setState(EMPTY)
}
