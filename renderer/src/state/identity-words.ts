import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

export type WordPage = Output<'identity.words'>
export type WordList = Input<'identity.words'>['list']

type Words = Readonly<{
  list: WordList
  search: string
  /** Null: on its way. */
  page: WordPage | null
  hasFailed: boolean
}>

const NONE: Words = { list: 'placeholder', search: '', page: null, hasFailed: false }
/** Entries that are read; the rest is found by searching. */
const MOST_SHOWN = 200

/** The list of words that is looked at. */
export const useWords = create<Words>()(() => NONE)
let latest = 0

/** Reads the list that is looked at; what was shown stays until it is here. */
export async function loadWords(client: Pick<Client, 'identity.words'>): Promise<void> {
  const question = ++latest
  const { list, search } = useWords.getState()
  try {
    const page = await client['identity.words']({ list, search, limit: MOST_SHOWN })
    if (question === latest) useWords.setState({ page, hasFailed: false })
  } catch (error) {
    if (question !== latest) return
    useWords.setState({ hasFailed: true })
    throw error
  }
}

/** Looks at another list, or for something in it. */
export async function changeWords(
  client: Pick<Client, 'identity.words'>,
  change: Partial<Pick<Words, 'list' | 'search'>>,
): Promise<void> {
  useWords.setState(change)
  await loadWords(client)
}

export function forgetWords(): void {
  latest += 1
  useWords.setState(NONE)
}
