import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

export type Why = Output<'identity.why'>
export type WhyQuestion = Input<'identity.why'>['question']

type WhyState = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  question: WhyQuestion
  a: string
  b: string
  why: Why | null
  /** Why it could not be answered, in words. */
  message: string | null
}>

const EMPTY: WhyState = { status: 'idle', question: 'persons', a: '', b: '', why: null, message: null }

export const useWhy = create<WhyState>()(() => EMPTY)
let latest = 0

export function setWhy(change: Partial<Pick<WhyState, 'question' | 'a' | 'b'>>): void {
  useWhy.setState(change)
}

/** Why the two records named are one, or are not. */
export async function askWhy(client: Pick<Client, 'identity.why'>): Promise<void> {
  const asked = ++latest
  const { question, a, b } = useWhy.getState()
  if (a.trim() === '' || b.trim() === '') return
  useWhy.setState({ status: 'loading', message: null })
  try {
    const why = await client['identity.why']({ question, a: a.trim(), b: b.trim() })
    if (asked === latest) useWhy.setState({ status: 'ready', why })
  } catch (error) {
    if (asked !== latest) return
    useWhy.setState({ status: 'failed', why: null, message: error instanceof Error ? error.message : String(error) })
  }
}

export function forgetWhy(): void {
  latest += 1
  useWhy.setState(EMPTY)
}
