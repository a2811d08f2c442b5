import { create } from 'zustand'
import type { Output } from '#contract/contract'
import type { ReadAs } from '#schema/encodings'

export type HeldLoad = Output<'held.load'>

/** A file whose encoding its rows do not prove: what it reads like, and as what. */
export type HeldEncodingAsk = Readonly<{ file: string; readings: readonly ReadAs[] }>

type HeldFile = Readonly<{
  /** A corrected file that was dropped, and what loading it would come to; null: none. */
  source: string | null
  plan: HeldLoad | null
  /** What has to be answered before the file at hand can be read. */
  ask: HeldEncodingAsk | null
  /** The answer, null where there was no question. */
  encoding: string | null
  /** Further corrected files, one after the other. */
  waiting: readonly string[]
}>

/** No file at hand; others may wait. */
export const NO_FILE = { source: null, plan: null, ask: null, encoding: null } as const

const NONE: HeldFile = { ...NO_FILE, waiting: [] }

export const useHeldFile = create<HeldFile>()(() => NONE)

export function forgetHeldFile(): void {
  useHeldFile.setState(NONE)
}
