import { create } from 'zustand'
import type { CallOptions, Client, Output } from '#contract/contract'
import { askHealth } from './health.ts'
import { runJob } from './jobs.ts'

type Answer = Output<'health.workspace'>
export type WorkspaceAsOf = NonNullable<Answer['workspace']>
export type WorkspaceMatch = Output<'health.workspaces'>['workspaces'][number]

type State = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** The day that is asked for, `2026-05-31`; empty: that of the check. */
  day: string
  workspaceId: string | null
  matches: readonly WorkspaceMatch[]
  matching: number
  /** Of the day and workspace that were answered last; `workspace` null: it was not there then. */
  answer: Answer | null
}>

const MATCHES = 50
const EMPTY: State = { status: 'idle', day: '', workspaceId: null, matches: [], matching: 0, answer: null }

export const useWorkspaceAsOf = create<State>()(() => EMPTY)
let latestSearch = 0
let latest = 0

type Searching = Pick<Client, 'health.workspaces'>
type Looking = Pick<Client, 'health.workspace'>

const onDay = (day: string): Readonly<{ asOf?: string }> => (day === '' ? {} : { asOf: day })

/** Workspaces whose name or id holds a text; at first, the one that comes first is shown. */
export async function searchWorkspaces(client: Searching & Looking, search: string): Promise<void> {
  const question = ++latestSearch
  const { day } = useWorkspaceAsOf.getState()
  const found = await askHealth(options =>
    client['health.workspaces']({ search, limit: MATCHES, ...onDay(day) }, options),
  )
  if (question !== latestSearch) return
  useWorkspaceAsOf.setState({ matches: found.workspaces, matching: found.matching })
  const [first] = found.workspaces
  if (useWorkspaceAsOf.getState().workspaceId === null && first !== undefined)
    await chooseWorkspace(client, first.workspaceId)
}

export async function chooseWorkspace(client: Looking, workspaceId: string): Promise<void> {
  useWorkspaceAsOf.setState({ workspaceId })
  await look(client)
}

/** Another day: every workspace is judged as of its end, which takes a moment the first time. */
export async function chooseDay(client: Looking, day: string): Promise<void> {
  useWorkspaceAsOf.setState({ day })
  await runJob(day === '' ? 'Judge the workspaces' : `Judge the workspaces as of ${day}`, options =>
    look(client, options),
  )
}

/** Asks anew, for instance after the activation rule has changed. */
export async function look(client: Looking, options: CallOptions = {}): Promise<void> {
  const { workspaceId, day } = useWorkspaceAsOf.getState()
  if (workspaceId === null) return
  const question = ++latest
  useWorkspaceAsOf.setState({ status: 'loading' })
  try {
    const answer = await client['health.workspace']({ workspaceId, ...onDay(day) }, options)
    if (question === latest) useWorkspaceAsOf.setState({ status: 'ready', answer })
  } catch (error) {
    if (question === latest) useWorkspaceAsOf.setState({ status: 'failed' })
    throw error
  }
}

export function forgetWorkspaceAsOf(): void {
  latest += 1
  latestSearch += 1
  useWorkspaceAsOf.setState(EMPTY)
}
