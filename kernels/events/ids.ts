import { endsOf, isBad, rowCount, startsOf } from './block'
import { isPlainId } from './plain'
import { packUuid } from './uuids'

/** What an id is: text, a lower-case UUID, or to be asked about. */
export const TEXT: u8 = 0
export const UUID: u8 = 1
const ASK: u8 = 2

/**
 * Looks at the ids of a field.
 *
 * @param kinds receives a byte per row
 * @param uuids receives sixteen bytes for each row whose id is a lower-case UUID
 * @returns how many are to be asked about
 */
export function lookIds(field: i32, kinds: usize, uuids: usize): i32 {
  const count = rowCount()
  const starts = startsOf(field)
  const ends = endsOf(field)
  let asked = 0
  for (let row = 0; row < count; row++) {
    if (isBad(row)) continue
    const at = (<usize>row) << 2
    const start = <usize>load<u32>(starts + at)
    const end = <usize>load<u32>(ends + at)
    let kind = TEXT
    if (end - start === 36 && packUuid(start, uuids + (at << 2))) kind = UUID
    else if (!isPlainId(start, end)) kind = ASK
    store<u8>(kinds + row, kind)
    if (kind === ASK) asked++
  }
  return asked
}
