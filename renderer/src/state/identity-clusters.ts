import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

type Page = Output<'identity.clusters'>
export type ClusterLine = Page['page'][number]
export type ClusterGraph = Output<'identity.cluster'>
export type ClusterEdge = ClusterGraph['edges'][number]
export type ClusterSort = NonNullable<Input<'identity.clusters'>['sort']>

type Clusters = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  /** Where the cut is; null: at the auto threshold. */
  cut: number | null
  sort: ClusterSort
  search: string
  /** By place; null while on its way. */
  rows: readonly (ClusterLine | null)[]
  active: number
  /** A record of the cluster whose graph is shown. */
  chosen: string | null
  graph: ClusterGraph | null
  graphStatus: 'idle' | 'loading' | 'ready' | 'failed'
}>

const EMPTY: Clusters = {
  status: 'idle',
  cut: null,
  sort: 'size',
  search: '',
  rows: [],
  active: -1,
  chosen: null,
  graph: null,
  graphStatus: 'idle',
}
const PAGE = 100

export const useClusters = create<Clusters>()(() => EMPTY)
const requested = new Set<number>()
let latest = 0
let latestGraph = 0

type ListClient = Pick<Client, 'identity.clusters'>

/** The clusters at the cut, from the first on. */
export async function loadClusters(client: ListClient): Promise<void> {
  const question = ++latest
  requested.clear()
  if (useClusters.getState().status !== 'ready') useClusters.setState({ status: 'loading' })
  try {
    const { matching, page } = await askPage(client, 0)
    if (question !== latest) return
    requested.add(0)
    useClusters.setState(({ chosen }) => ({
      status: 'ready',
      rows: Array.from({ length: matching }, (_, place) => page[place] ?? null),
      active: chosen === null ? -1 : page.findIndex(({ clusterId }) => clusterId === chosen),
    }))
  } catch (error) {
    if (question === latest) useClusters.setState({ status: 'failed' })
    throw error
  }
}

function askPage(client: ListClient, page: number): Promise<Page> {
  const { cut, sort, search } = useClusters.getState()
  const at = cut === null ? {} : { bits: cut }
  return client['identity.clusters']({ ...at, sort, search, offset: page * PAGE, limit: PAGE })
}

/** Fetches the pages of places `first` to `last` that are not here yet. */
export async function fetchClusters(client: ListClient, first: number, last: number): Promise<void> {
  const question = latest
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
    if (requested.has(page)) continue
    requested.add(page)
    const answer = await askPage(client, page)
    if (question !== latest) return
    useClusters.setState(({ rows }) => ({
      rows: rows.map((row, place) => row ?? answer.page[place - page * PAGE] ?? null),
    }))
  }
}

export async function changeClusters(
  client: ListClient,
  change: Partial<Pick<Clusters, 'sort' | 'search'>>,
): Promise<void> {
  useClusters.setState({ ...change, active: -1 })
  await loadClusters(client)
}

/** Moves the cut on screen; list and graph are asked for by `followCut`. */
export function setCut(cut: number): void {
  useClusters.setState({ cut })
}

/** List and graph at the cut; where no group is chosen yet, the first one is. */
export async function followCut(client: ListClient & Pick<Client, 'identity.cluster'>): Promise<void> {
  await Promise.all([loadGraph(client), loadClusters(client)])
  const { chosen, rows } = useClusters.getState()
  const [first] = rows
  if (chosen === null && first !== undefined && first !== null) await chooseCluster(client, first.clusterId, 0)
}

/** Shows the cluster around a record. */
export async function chooseCluster(
  client: Pick<Client, 'identity.cluster'>,
  chosen: string,
  active: number,
): Promise<void> {
  useClusters.setState({ chosen, active })
  await loadGraph(client)
}

/** The graph of the chosen cluster at the cut; the one before stays until it is here. */
export async function loadGraph(client: Pick<Client, 'identity.cluster'>): Promise<void> {
  const question = ++latestGraph
  const { chosen, cut } = useClusters.getState()
  if (chosen === null) return
  useClusters.setState({ graphStatus: 'loading' })
  try {
    const graph = await client['identity.cluster']({ key: chosen, ...(cut === null ? {} : { bits: cut }) })
    if (question === latestGraph) useClusters.setState({ graph, graphStatus: 'ready' })
  } catch (error) {
    if (question === latestGraph) useClusters.setState({ graph: null, graphStatus: 'failed' })
    throw error
  }
}

export function forgetClusters(): void {
  latest += 1
  latestGraph += 1
  requested.clear()
  useClusters.setState(EMPTY)
}
