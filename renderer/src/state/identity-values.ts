import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'

export type BlockedValue = Output<'identity.values'>['blocked'][number]

type Values = Readonly<{ blocked: readonly BlockedValue[] }>

const NONE: Values = { blocked: [] }

/** Values that somebody said identify nobody. */
export const useBlockedValues = create<Values>()(() => NONE)

/** Reads which values are blocked. */
export async function loadBlockedValues(client: Pick<Client, 'identity.values'>): Promise<void> {
  const { blocked } = await client['identity.values']({})
  useBlockedValues.setState({ blocked })
}

export function forgetBlockedValues(): void {
  useBlockedValues.setState(NONE)
}
