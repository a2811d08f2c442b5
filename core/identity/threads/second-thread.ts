import type { KeyRows } from '../block/kind-blocks.ts'
import type { Edges } from '../cluster/edges.ts'
import type { NameCells } from '../columns/name-cells.ts'
import type { WordChanges } from '../words/word-lists.ts'

/** What another thread is told, in this order; columns as values of `portable`. */
export type PairOrder =
  /** Names and phone numbers of the next records; the last ones have the others read to their end. `heard` is raised with each. */
  | Readonly<{
      kind: 'names'
      size: number
      changes: WordChanges
      cells: NameCells
      isLast: boolean
      heard: Int32Array
    }>
  /** What pairs will be found and scored by, in parts. */
  | Readonly<{ kind: 'ground'; ground: unknown; rows: KeyRows; claims: Int32Array }>
  /** Which pairs there are, in chunks, and what was counted for their comparisons. */
  | Readonly<{ kind: 'pairs'; pairs: unknown; tables: unknown; claims: Int32Array }>

/** The pairs of a chunk: how many there are, and those that may count. */
export type ScoredChunk = Readonly<{ pairs: number; edges: Edges }>

/** What comes back: all names and phone numbers, a part of a ground, a chunk of pairs. */
export type Answer =
  | Readonly<{ kind: 'names'; names: unknown }>
  | Readonly<{ kind: 'ground'; part: number; made: unknown }>
  | Readonly<{ kind: 'pairs'; part: number; made: ScoredChunk }>

/** Another thread that does a part of the work. */
export type SecondThread = Readonly<{
  tell(order: PairOrder): void
  /** What came back since this was last asked. */
  answers(): readonly Answer[]
  /** Is it gone? What it had begun does not come back then. */
  isLost(): boolean
  close(): void
}>

/** Of a part: nobody's yet, taken by this thread, taken by the other one, come back from there. */
export const CLAIM = { free: 0, here: 1, there: 2, back: 3 } as const
