import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { HeldFix, HeldReading } from '#schema/held'
import { type HeldGroup, keyOf } from './held-group.ts'

export type HeldOutcome = Output<'held.preview'>
export type HeldChange = Input<'held.fix'>['change']
export type FixKind = HeldFix['kind']
export type HeldValues = Output<'held.values'>

type FixDraft = Readonly<{
  /** Key of the group it is for. */
  key: string | null
  kind: FixKind
  as: HeldReading
  pattern: string
  value: string
  to: string
  /** The faulty values of the rule; null until they are here. */
  values: HeldValues | null
  status: 'idle' | 'asking' | 'ready' | 'failed'
  outcome: HeldOutcome | null
  /** Why it cannot be said what the fix comes to. */
  problem: string | null
}>

const NONE: FixDraft = {
  key: null,
  kind: 'leave-out',
  as: 'dmy',
  pattern: '',
  value: '',
  to: '',
  values: null,
  status: 'idle',
  outcome: null,
  problem: null,
}

export const useHeldFix = create<FixDraft>()(() => NONE)

/** Rules with more rows are not tried reading by reading. */
const MOST_TRIED = 5000
const VALUES = 200
const PAUSE_MS = 180
let latest = 0
let running: AbortController | null = null

/** Begins a fix for a rule: the likeliest one, which for dates and numbers is the first reading that any row fits. */
export async function beginFix(client: Pick<Client, 'held.preview' | 'held.values'>, group: HeldGroup): Promise<void> {
  const [kind = 'leave-out'] = group.state === 'left-out' ? (['take-back'] as const) : (group.fixes as FixKind[])
  const [as = 'dmy'] = group.readings
  const mine = stop()
  useHeldFix.setState({
    ...NONE,
    key: keyOf(group),
    kind,
    as,
    status: group.state === 'superseded' ? 'idle' : 'asking',
  })
  if (group.state === 'superseded') return
  const work = [kind === 'read' ? tryReadings(client, group, mine) : ask(client, group, mine)]
  if (group.fixes.includes('replace') && group.state === 'held') work.push(loadValues(client, group, mine))
  await Promise.all(work)
}

/** Changes the fix; what it comes to is asked once nothing changes for a moment. */
export async function changeFix(
  client: Pick<Client, 'held.preview'>,
  group: HeldGroup,
  change: Partial<Pick<FixDraft, 'kind' | 'as' | 'pattern' | 'value' | 'to'>>,
): Promise<void> {
  const mine = stop()
  useHeldFix.setState({ ...change, status: 'asking', problem: null })
  await new Promise(done => setTimeout(done, PAUSE_MS))
  if (mine === latest) await ask(client, group, mine)
}

/** The fix as the contract takes it; null while something is missing. */
export function fixOf({ kind, as, pattern, value, to }: FixDraft): HeldFix | null {
  switch (kind) {
    case 'read':
      return { kind, as }
    case 'pattern':
      return pattern.trim() === '' ? null : { kind, pattern: pattern.trim() }
    case 'replace':
      return to === '' ? null : { kind, value, to }
    case 'set':
      return to === '' ? null : { kind, to }
    default:
      return { kind }
  }
}

/** Gives the change of a whole rule; null while the fix is not said in full. */
export function ruleChange({ importId, code, column }: HeldGroup, fix: HeldFix | null): HeldChange | null {
  return fix === null ? null : { kind: 'rule', importId, code, column, fix }
}

export function forgetFix(): void {
  stop()
  useHeldFix.setState(NONE)
}

function stop(): number {
  running?.abort()
  running = null
  return ++latest
}

type Previewer = Pick<Client, 'held.preview'>

async function ask(client: Previewer, group: HeldGroup, mine: number): Promise<void> {
  const change = ruleChange(group, fixOf(useHeldFix.getState()))
  if (change === null) {
    useHeldFix.setState({ status: 'idle', outcome: null })
    return
  }
  try {
    const outcome = await preview(client, change)
    if (mine === latest) useHeldFix.setState({ status: 'ready', outcome, problem: null })
  } catch (error) {
    if (mine !== latest || isCancel(error)) return
    const problem = error instanceof AppError ? error.message : null
    useHeldFix.setState({ status: 'failed', outcome: null, problem })
    if (problem === null || !isExpected(error)) throw error
  }
}

async function tryReadings(client: Previewer, group: HeldGroup, mine: number): Promise<void> {
  const candidates = group.count > MOST_TRIED ? group.readings.slice(0, 1) : group.readings
  for (const as of candidates) {
    if (mine !== latest) return
    useHeldFix.setState({ as })
    await ask(client, group, mine)
    if ((useHeldFix.getState().outcome?.loads ?? 0) > 0) return
  }
  const next = group.fixes.find(kind => kind !== 'read' && kind !== 'pattern') as FixKind | undefined
  if (mine !== latest || next === undefined) return
  useHeldFix.setState({ kind: next, as: group.readings[0] ?? 'dmy', status: 'asking' })
  await ask(client, group, mine)
}

async function loadValues(client: Pick<Client, 'held.values'>, group: HeldGroup, mine: number): Promise<void> {
  const { importId, code, column } = group
  const values = await client['held.values']({ importId, code, column, limit: VALUES })
  if (mine === latest || useHeldFix.getState().key === keyOf(group))
    useHeldFix.setState(({ value }) => ({ values, value: value === '' ? (values.values[0]?.value ?? '') : value }))
}

async function preview(client: Previewer, change: HeldChange): Promise<HeldOutcome> {
  running = new AbortController()
  return await client['held.preview']({ change }, { signal: running.signal })
}

const isCancel = (error: unknown): boolean => error instanceof AppError && error.code === 'run/cancelled'
const isExpected = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('usage/')
