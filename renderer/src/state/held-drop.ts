import { create } from 'zustand'
import type { Output } from '#contract/contract'

export type HeldLoad = Output<'held.load'>

type HeldFile = Readonly<{
  /** A corrected file that was dropped, and what loading it would come to; null: none. */
  source: string | null
  plan: HeldLoad | null
  /** Further corrected files, one after the other. */
  waiting: readonly string[]
}>

const NONE: HeldFile = { source: null, plan: null, waiting: [] }

export const useHeldFile = create<HeldFile>()(() => NONE)

export function forgetHeldFile(): void {
  useHeldFile.setState(NONE)
}
