import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { forgetEdits } from './held-edits.ts'
import { forgetFix } from './held-fix.ts'
import { type HeldGroup, keyOf } from './held-group.ts'

type Groups = Output<'held.groups'>
type Page = Output<'held.rows'>
/** What was done before about rows that are held now. */
export type KnownFix = Output<'held.known'>['fixes'][number]
export type HeldImport = Groups['imports'][number]
export type HeldEntry = Page['rows'][number]
export type HeldColumn = Page['columns'][number]

type Status = 'idle' | 'loading' | 'ready' | 'failed'
type HeldRows = Readonly<{
  status: Status
  /** Only the held rows of one import; null: of all. */
  importId: number | null
  groups: readonly HeldGroup[]
  imports: readonly HeldImport[]
  /** Records that are held: one that is held for several tables counts once. */
  records: number
  known: readonly KnownFix[]
  /** Key of the group whose rows are shown. */
  chosen: string | null
  rowsStatus: Status
  columns: readonly HeldColumn[]
  faultAt: number | null
  rows: readonly HeldEntry[]
  total: number
}>

const PAGE = 200
const NO_ROWS = { rowsStatus: 'idle', columns: [], faultAt: null, rows: [], total: 0 } as const
const NONE: HeldRows = {
  status: 'idle',
  importId: null,
  groups: [],
  imports: [],
  records: 0,
  known: [],
  chosen: null,
  ...NO_ROWS,
}

export const useHeldRows = create<HeldRows>()(() => NONE)
let latest = 0
let latestRows = 0
/** Ends what a question asks that nobody waits for any more. */
let asking: AbortController | null = null

type Reader = Pick<Client, 'held.groups' | 'held.known' | 'held.rows'>

export function chosenGroup({ groups, chosen }: Pick<HeldRows, 'groups' | 'chosen'>): HeldGroup | null {
  return groups.find(group => keyOf(group) === chosen) ?? null
}

/** The rules of one import or of all, and the rows of the first. */
export async function showHeld(client: Reader, importId: number | null): Promise<void> {
  useHeldRows.setState({ importId, status: 'loading' })
  await loadGroups(client)
}

/** The rules anew; the rule that was shown stays where it still holds rows, else the one that stands in its place. */
export async function reloadHeld(client: Reader): Promise<void> {
  const { groups, chosen } = useHeldRows.getState()
  await loadGroups(
    client,
    groups.findIndex(group => keyOf(group) === chosen),
  )
}

async function loadGroups(client: Reader, placeBefore = 0): Promise<void> {
  const question = ++latest
  asking?.abort()
  asking = new AbortController()
  const { signal } = asking
  const { importId, chosen } = useHeldRows.getState()
  try {
    const which = importId === null ? {} : { importId }
    const [{ groups, imports, records }, { fixes }] = await Promise.all([
      client['held.groups'](which, { signal }),
      client['held.known'](which, { signal }),
    ])
    if (question !== latest) return
    const held = groups.filter(group => group.state === 'held')
    const next =
      groups.find(group => keyOf(group) === chosen) ?? groups[Math.max(0, placeBefore)] ?? held[0] ?? groups[0]
    const place = next !== undefined && next.state !== 'held' && keyOf(next) !== chosen ? (held.at(-1) ?? next) : next
    const isSame = place !== undefined && keyOf(place) === chosen
    useHeldRows.setState({
      status: 'ready',
      groups,
      imports,
      records,
      known: fixes,
      chosen: place === undefined ? null : keyOf(place),
    })
    latestRows += 1
    if (!isSame) useHeldRows.setState(NO_ROWS)
    if (place !== undefined) await loadRows(client, place, [])
  } catch (error) {
    if (question !== latest) return
    useHeldRows.setState({ status: 'failed' })
    throw error
  }
}

/** Shows the rows of another rule. */
export async function chooseHeld(client: Reader, group: HeldGroup): Promise<void> {
  if (useHeldRows.getState().chosen === keyOf(group)) return
  latestRows += 1
  useHeldRows.setState({ chosen: keyOf(group), ...NO_ROWS })
  await loadNextHeld(client)
}

/** The next page of rows in the order they were read; nothing once all are here. */
export async function loadNextHeld(client: Pick<Client, 'held.rows'>): Promise<void> {
  const state = useHeldRows.getState()
  const group = chosenGroup(state)
  const { rowsStatus, rows, total } = state
  if (group === null || rowsStatus === 'loading' || (rowsStatus === 'ready' && rows.length >= total)) return
  await loadRows(client, group, rows)
}

/** @param before the rows that are kept; none where they are read anew */
async function loadRows(
  client: Pick<Client, 'held.rows'>,
  { importId, state, code, column }: HeldGroup,
  before: readonly HeldEntry[],
): Promise<void> {
  const question = ++latestRows
  useHeldRows.setState({ rowsStatus: 'loading' })
  try {
    const after = before.at(-1)?.heldId ?? 0
    const page = await client['held.rows']({ importId, state, code, column, after, limit: PAGE })
    if (question !== latestRows) return
    const { columns, faultAt, rows, total } = page
    useHeldRows.setState({ rowsStatus: 'ready', columns, faultAt, rows: [...before, ...rows], total })
  } catch (error) {
    if (question === latestRows) useHeldRows.setState({ rowsStatus: 'failed' })
    throw error
  }
}

export function forgetHeld(): void {
  latest += 1
  asking?.abort()
  latestRows += 1
  useHeldRows.setState(NONE)
  forgetFix()
  forgetEdits()
}
