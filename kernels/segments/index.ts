/** What the writer of events does to a run of rows: see docs/methods/events.md. One instance per import that is written. */
import { HEAP_BYTES, openHeap } from '../memory/heap'
import { allocate } from '../memory/memory'

export { clearHeap, heapBytes, heapCount, heapLength, heapOffsets } from '../memory/heap'
export { allocate, release } from '../memory/memory'
export {
  countNumbers,
  gatherBytes,
  gatherFours,
  gatherNumbers,
  gatherWords,
  keepNumbers,
  shiftWords,
} from './gather'
export { addKeys, pairCount, settleKeys } from './ids'
export { packBytes, packedBase, packedBytes, packedStep, packNumbers, packWords } from './pack'
export { sortRows } from './sort'
export {
  addTexts,
  gatheredCodes,
  gatheredLength,
  gatheredOffsets,
  gatheredTexts,
  gatherTexts,
  layOwnTexts,
  layTexts,
  newOffsets,
  ownTexts,
  reserveTexts,
} from './texts'

/** A heap of texts. */
export function openTexts(): usize {
  const heap = allocate(HEAP_BYTES)
  openHeap(heap, 1024, 16384)
  return heap
}
