import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { areSamePolicy, type Policy } from './routing-rules.ts'

export type InForce = Output<'routing.policy'>
export type Check = Output<'routing.check'>
export type CheckedRule = Check['rules'][number]
export type Issue = Check['issues'][number]
export type UnitRef = CheckedRule['examples'][number]

type Routing = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  runId: number | null
  inForce: InForce | null
  /** The policy as it is edited; null: as it is in force. */
  draft: Policy | null
  /** Drafts before this one, the newest last: for undoing one step. */
  past: readonly (Policy | null)[]
  /** What the last step edited: letters typed into one field are one step. */
  field: string | null
  /** What the draft would do; of the last draft that could be read until the engine has answered. */
  check: Check | null
  issues: readonly Issue[]
  isCheckOld: boolean
}>

const EMPTY: Routing = {
  status: 'idle',
  runId: null,
  inForce: null,
  draft: null,
  past: [],
  field: null,
  check: null,
  issues: [],
  isCheckOld: false,
}
const NO_RULES: Policy['rules'] = []
const MOST_PAST = 100
/** A letter or a step of a handle is not asked for by itself. */
const CHECK_AFTER_MS = 120

export const useRouting = create<Routing>()(() => EMPTY)
let latestLoad = 0
let latestCheck = 0

type CheckClient = Pick<Client, 'routing.check'>

/** The policy as it is edited, or as it is in force. */
export const policyOf = ({ draft, inForce }: Pick<Routing, 'draft' | 'inForce'>): Policy | null =>
  draft ?? inForce?.policy ?? null

export const rulesOf = (state: Pick<Routing, 'draft' | 'inForce'>): Policy['rules'] =>
  policyOf(state)?.rules ?? NO_RULES

/** The policy in force and what it does with the newest scores; a draft is kept, where it still is one. */
export async function loadRouting(
  client: Pick<Client, 'routing.policy' | 'routing.check'>,
  runId = useRouting.getState().runId,
): Promise<void> {
  const question = ++latestLoad
  const before = useRouting.getState()
  if (before.status !== 'ready' || before.runId !== runId) useRouting.setState({ status: 'loading', runId })
  try {
    const inForce = await client['routing.policy']({})
    if (question !== latestLoad) return
    useRouting.setState(({ draft }) => ({
      inForce,
      draft: draft === null || areSamePolicy(draft, inForce.policy) ? null : draft,
    }))
    await ask(client, ++latestCheck)
    if (question === latestLoad) useRouting.setState({ status: 'ready' })
  } catch (error) {
    if (question === latestLoad) useRouting.setState({ status: 'failed' })
    throw error
  }
}

/** Answers that were overtaken by a later edit are dropped. */
async function ask(client: CheckClient, question: number): Promise<void> {
  const policy = policyOf(useRouting.getState())
  if (policy === null) return
  useRouting.setState({ isCheckOld: true })
  const check = await client['routing.check']({ json: JSON.stringify(policy) })
  if (question !== latestCheck) return
  useRouting.setState(state => ({
    issues: check.issues,
    check: check.issues.length > 0 ? state.check : check,
    isCheckOld: false,
  }))
}

async function askSoon(client: CheckClient): Promise<void> {
  const question = ++latestCheck
  useRouting.setState({ isCheckOld: true })
  await new Promise(resolve => setTimeout(resolve, CHECK_AFTER_MS))
  if (question === latestCheck) await ask(client, question)
}

/** Takes an edit into the draft and asks what it would do. Steps of one field are undone together. */
export async function editPolicy(
  client: CheckClient,
  how: (policy: Policy) => Policy,
  field: string | null = null,
): Promise<void> {
  const state = useRouting.getState()
  const before = policyOf(state)
  if (before === null || state.inForce === null) return
  const after = how(before)
  if (areSamePolicy(before, after)) return
  const isSameStep = field !== null && field === state.field
  useRouting.setState({
    draft: areSamePolicy(after, state.inForce.policy) ? null : after,
    past: isSameStep ? state.past : [...state.past, state.draft].slice(-MOST_PAST),
    field,
  })
  await askSoon(client)
}

/** Takes the last step back. */
export async function undoPolicyEdit(client: CheckClient): Promise<void> {
  const { past } = useRouting.getState()
  const before = past.at(-1)
  if (before === undefined) return
  useRouting.setState({ draft: before, past: past.slice(0, -1), field: null })
  await ask(client, ++latestCheck)
}

export async function discardPolicyDraft(client: CheckClient): Promise<void> {
  forgetPolicyDraft()
  await ask(client, ++latestCheck)
}

/** Drops what was edited: it is in force now. */
export function forgetPolicyDraft(): void {
  useRouting.setState({ draft: null, past: [], field: null, issues: [] })
}

export function forgetRouting(): void {
  latestLoad++
  latestCheck++
  useRouting.setState(EMPTY)
}
