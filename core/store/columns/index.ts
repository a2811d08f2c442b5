/** Named typed arrays in one BLOB: event segments, cells and score lines are held this way. */
export {
  type ColumnSet,
  decodeColumns,
  decodeSomeColumns,
  distantTexts,
  encodeColumns,
  encodePlainColumns,
} from './codec.ts'
export type { ColumnArray } from './layout.ts'
