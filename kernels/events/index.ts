/** What the readers of events do to bytes: see docs/methods/events.md. One instance per file that is read. */

export { heapBytes, heapCount, heapLength, heapOffsets } from '../memory/heap'
export { allocate, release } from '../memory/memory'
export {
  clearBlock,
  endsOf,
  escapedOf,
  noteEscapes,
  openBlock,
  recordsAt,
  rowCount,
  setRowCount,
  startsOf,
  unquote,
} from './block'
export { hashesAt, LOOKED_BYTES, lookCodes, settleCode, writeCodes } from './codes'
export { forgetCustoms, keyAt, keyLength, learnCustom, openCustoms, writeCustoms } from './customs'
export { clearDictionary, find, intern, openDictionary } from './dictionary'
export { scanElements } from './elements'
export { nestedKeys } from './fragments'
export { lookIds } from './ids'
export { addLineKey, askedEnd, askedLineKey, askedStart, openLineKey } from './line-keys'
export { lookLines, openLines, scanLines } from './lines'
export { openMembers, writeMembers } from './members'
export { lookObject, lookObjects, openObjects } from './objects'
export { addPathKey, lookPaths, openPathNode, openPathSlots } from './paths'
export {
  clearRows,
  columnAt,
  dictionaryAt,
  hashIdAt,
  haveUuids,
  openRows,
  renewDictionary,
  reserveRows,
  sealRows,
  textsAt,
  total,
  writeId,
  writeIds,
  writeLines,
  writeNoTexts,
  writeText,
  writeTexts,
} from './rows'
export { currentLine, openScan, scan, setLine } from './scan'
export { lookTimes } from './times'
export { wideBytes } from './utf8'
export { lookWeights } from './weights'
