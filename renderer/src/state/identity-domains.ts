import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

type Page = Output<'identity.domains'>
export type DomainLine = Page['domains'][number]
export type DomainClass = DomainLine['class']

type Domains = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  search: string
  classes: readonly DomainClass[]
  /** By place; null while on its way. */
  rows: readonly (DomainLine | null)[]
  /** The domain whose dossier is open. */
  chosen: string | null
}>

const EMPTY: Domains = { status: 'idle', search: '', classes: [], rows: [], chosen: null }
const PAGE = 100

export const useDomains = create<Domains>()(() => EMPTY)
const requested = new Set<number>()
let latest = 0

type DomainClient = Pick<Client, 'identity.domains'>

/** The domains from the first on; what was shown stays until they are here. */
export async function loadDomains(client: DomainClient): Promise<void> {
  latest += 1
  requested.clear()
  if (useDomains.getState().status !== 'ready') useDomains.setState({ status: 'loading' })
  await fetchPage(client, 0)
}

/** Fetches the pages of places `first` to `last` that are not here yet. */
export async function fetchDomains(client: DomainClient, first: number, last: number): Promise<void> {
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) await fetchPage(client, page)
}

async function fetchPage(client: DomainClient, page: number): Promise<void> {
  if (requested.has(page)) return
  requested.add(page)
  const question = latest
  const { search, classes } = useDomains.getState()
  const input: Input<'identity.domains'> = { search, classes: [...classes], offset: page * PAGE, limit: PAGE }
  try {
    const { matching, domains } = await client['identity.domains'](input)
    if (question !== latest) return
    useDomains.setState(state => ({
      status: 'ready',
      rows: Array.from({ length: matching }, (_, place) => {
        const own = domains[place - page * PAGE]
        return own ?? (page === 0 ? null : (state.rows[place] ?? null))
      }),
    }))
  } catch (error) {
    if (question !== latest) return
    requested.delete(page)
    useDomains.setState({ status: 'failed' })
    throw error
  }
}

export async function changeDomains(
  client: DomainClient,
  change: Partial<Pick<Domains, 'search' | 'classes'>>,
): Promise<void> {
  useDomains.setState({ ...change, chosen: null })
  await loadDomains(client)
}

export function chooseDomain(chosen: string | null): void {
  useDomains.setState({ chosen })
}

export function forgetDomains(): void {
  latest += 1
  requested.clear()
  useDomains.setState(EMPTY)
}
