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
  const search = query.trim()
  if (search === '') return usePalette.setState({ found: [] })
  const { columns } = await client['score.order']({ sort: 'score', descending: true, filter: { search } })
  const unitNos = [...columns.order.subarray(0, SHOWN)]
  const found = unitNos.length === 0 ? [] : (await client['score.rows']({ unitNos })).rows
  if (question === latest) usePalette.setState({ found })
}
