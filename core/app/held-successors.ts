import { append } from '#lib/lists-by-key'
import { type KeyedRow, keyedRow, keyedRows, type Readable } from '#store'

/** The newest import that has the record of a superseded row, and the row of it that waits there, where it is exactly one. */
export type Successor = Readonly<{ importId: number; heldId: number | null; isHeld: boolean }>

/** Finds what has become of held rows that newer imports of the same source have superseded. */
export class HeldSuccessors {
  private readonly db: Readable
  private readonly rows = new Map<number, ReadonlyMap<string, readonly KeyedRow[]>>()

  constructor(db: Readable) {
    this.db = db
  }

  /** @returns null where the row is not superseded */
  of(heldId: number): Successor | null {
    let row = keyedRow(this.db, heldId)
    let found: Successor | null = null
    while (row !== null && row.state === 'superseded' && row.supersededBy !== null) {
      const again: readonly KeyedRow[] = this.rowsOf(row.supersededBy).get(nameOf(row)) ?? []
      const waiting = again.filter(({ state }) => state === 'held')
      const [only = null] = waiting.length === 1 ? waiting : []
      found = { importId: row.supersededBy, heldId: only?.heldId ?? null, isHeld: waiting.length > 0 }
      row = waiting.length > 0 ? null : (again.find(({ state }) => state === 'superseded') ?? null)
    }
    return found
  }

  private rowsOf(importId: number): ReadonlyMap<string, readonly KeyedRow[]> {
    const known = this.rows.get(importId)
    if (known !== undefined) return known
    const byName = new Map<string, KeyedRow[]>()
    for (const row of keyedRows(this.db, importId)) {
      if (row.key !== null) append(byName, `key ${row.key}`, row)
      append(byName, `raw ${row.raw}`, row)
    }
    this.rows.set(importId, byName)
    return byName
  }
}

/** As the newer import superseded it: by its key, else by its bytes. */
function nameOf({ key, raw }: KeyedRow): string {
  return key === null ? `raw ${raw}` : `key ${key}`
}
