import type { CellPlace } from '../../state/held-edits.ts'
import type { HeldGroup } from '../../state/held-group.ts'
import type { HeldColumn, HeldEntry } from '../../state/held-rows.ts'

/** One column of the grid of held rows. */
export type GridColumn = Readonly<{ key: string; header: string; place: CellPlace; isFault: boolean; width: number }>

type Shape = Readonly<{ columns: readonly HeldColumn[]; faultAt: number | null; rows: readonly HeldEntry[] }>

const NARROWEST = 96
const WIDEST = 280
const CHARACTER = 7.4

/**
 * The columns of a rule's rows: the one at fault first, then the others as the file has them. Rows that cannot be taken
 * apart are shown as the text they are.
 */
export function gridColumns(group: HeldGroup, { columns, faultAt, rows }: Shape): readonly GridColumn[] {
  if (group.column === '' && rows.some(row => !row.isSound))
    return [
      {
        key: 'record',
        header: 'Record as it stands in the file',
        place: { kind: 'record' },
        isFault: true,
        width: 900,
      },
    ]
  const cells = columns.flatMap(({ header, isSecret }, at): GridColumn[] => {
    if (isSecret) return []
    const texts = rows.slice(0, 50).map(row => row.cells[at] ?? '')
    const name = header === '' ? `Column ${at + 1}` : header
    return [
      {
        key: String(at),
        header: name,
        place: { kind: 'cell', at },
        isFault: at === faultAt,
        width: widthOf([name, ...texts]),
      },
    ]
  })
  if (group.column === '') return cells
  const fault = cells.filter(cell => cell.isFault)
  const worked: GridColumn = {
    key: 'field',
    header: group.column,
    place: { kind: 'field', column: group.column },
    isFault: true,
    width: widthOf([group.column, ...rows.slice(0, 50).map(row => row.value)]),
  }
  return [...(fault.length === 0 ? [worked] : fault), ...cells.filter(cell => !cell.isFault)]
}

/** What a cell of the file says, before any edit that is not applied. */
export function textAt(row: HeldEntry, place: CellPlace): string {
  if (place.kind === 'record') return row.text
  return place.kind === 'field' ? row.value : (row.cells[place.at] ?? '')
}

function widthOf(texts: readonly string[]): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0)
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, 26 + longest * CHARACTER)))
}
