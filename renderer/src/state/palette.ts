import { create } from 'zustand'
import type { Client } from '#contract/contract'
import type { ScoreRow } from './score-list.ts'

/** Workspaces that fit what is typed into the palette, best score first. */
export const usePalette = create<Readonly<{ query: string; found: readonly ScoreRow[] }>>()(() => ({
  query: '',
  found: [],
}))

const SHOWN = 8
let latest = 0

export async function searchUnits(client: Pick<Client, 'score.order' | 'score.rows'>, query: string): Promise<void> {
  const question = ++latest
  usePalette.setState({ query })
  if (query.trim() === '') return usePalette.setState({ found: [] })
  const found = await findUnits(client, query, SHOWN)
  if (question === latest) usePalette.setState({ found })
}

/** Workspaces with this in their name, id or account, best score first; nothing typed: the best of all. */
export async function findUnits(
  client: Pick<Client, 'score.order' | 'score.rows'>,
  typed: string,
  most: number,
): Promise<readonly ScoreRow[]> {
  const search = typed.trim()
  const filter = search === '' ? {} : { search }
  const { columns } = await client['score.order']({ sort: 'score', descending: true, filter })
  const unitNos = [...columns.order.subarray(0, most)]
  return unitNos.length === 0 ? [] : (await client['score.rows']({ unitNos })).rows
}
