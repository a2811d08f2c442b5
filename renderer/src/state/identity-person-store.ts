import { create } from 'zustand'
import type { Input, Output } from '#contract/contract'

export type PersonPage = Output<'identity.person'>
export type PersonValue = PersonPage['fields'][number]
export type ValueHolder = PersonValue['records'][number]
export type PersonField = Input<'identity.pin'>['field']
export type ValueSource = PersonPage['sources'][number]

type PersonState = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** A record of the person that is shown. */
  id: string | null
  page: PersonPage | null
  /** Records that are marked to be taken out. */
  marked: readonly string[]
  /** Why the last wish was not kept; null where it was. */
  refused: string | null
}>

export const NOBODY: PersonState = { status: 'idle', id: null, page: null, marked: [], refused: null }

export const usePerson = create<PersonState>()(() => NOBODY)

export function markRecord(key: string): void {
  usePerson.setState(({ marked }) => ({
    refused: null,
    marked: marked.includes(key) ? marked.filter(one => one !== key) : [...marked, key],
  }))
}

export function forgetPerson(): void {
  usePerson.setState(NOBODY)
}
