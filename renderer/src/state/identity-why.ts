import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

export type Why = Output<'identity.why'>
export type FoundRecord = Output<'identity.find'>['found'][number]
export type WhyQuestion = Input<'identity.why'>['question']

type WhyState = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  question: WhyQuestion
  a: string
  b: string
  why: Why | null
  /** Why it could not be answered, in words. */
  message: string | null
  /** Records that fit what is typed, by side. */
  found: Readonly<Record<WhySide, readonly FoundRecord[]>>
}>
export type WhySide = 'a' | 'b'

const EMPTY: WhyState = {
  status: 'idle',
  question: 'persons',
  a: '',
  b: '',
  why: null,
  message: null,
  found: { a: [], b: [] },
}

export const useWhy = create<WhyState>()(() => EMPTY)
let latest = 0

export function setWhy(change: Partial<Pick<WhyState, 'question' | 'a' | 'b'>>): void {
  useWhy.setState(change)
}

const latestFind: Record<WhySide, number> = { a: 0, b: 0 }

/** Records whose name, address or id has what is typed on one side. */
export async function findRecords(client: Pick<Client, 'identity.find'>, side: WhySide): Promise<void> {
  const asked = ++latestFind[side]
  const { question, [side]: text } = useWhy.getState()
  const object = question === 'persons' ? 'user' : 'workspace'
  const found = text.trim() === '' ? [] : (await client['identity.find']({ object, text: text.trim() })).found
  if (asked === latestFind[side]) useWhy.setState(state => ({ found: { ...state.found, [side]: found } }))
}

/** The id that is meant: that of the one record that fits what is typed, else the text itself. */
async function idFor(client: Pick<Client, 'identity.find'>, text: string): Promise<string> {
  const object = useWhy.getState().question === 'persons' ? 'user' : 'workspace'
  const { found, matching } = await client['identity.find']({ object, text })
  const [only] = found
  const isId = found.some(({ key }) => key === text)
  return !isId && matching === 1 && only !== undefined ? only.key : text
}

/** Why the two records named are one, or are not. */
export async function askWhy(client: Pick<Client, 'identity.why' | 'identity.find'>): Promise<void> {
  const asked = ++latest
  const { question, a, b } = useWhy.getState()
  if (a.trim() === '' || b.trim() === '') return
  useWhy.setState({ status: 'loading', message: null })
  try {
    const [one, other] = await Promise.all([idFor(client, a.trim()), idFor(client, b.trim())])
    const why = await client['identity.why']({ question, a: one, b: other })
    if (asked === latest) useWhy.setState({ status: 'ready', why, a: one, b: other })
  } catch (error) {
    if (asked !== latest) return
    useWhy.setState({ status: 'failed', why: null, message: error instanceof Error ? error.message : String(error) })
  }
}

export function forgetWhy(): void {
  latest += 1
  latestFind.a += 1
  latestFind.b += 1
  useWhy.setState(EMPTY)
}
