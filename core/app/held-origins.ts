import { createHeldRecordReader, type HeldRecordReader } from '#import'
import type { HeldEntry, ImportRecord, Readable } from '#store'
import { demandImport } from './held-change.ts'
import { cellsOf, headersOf } from './held-file.ts'

export type HeldOrigin = Readonly<{ origin: ImportRecord; reader: HeldRecordReader; headers: readonly string[] }>

/** The imports that held rows, each with what takes its rows apart. */
export class HeldOrigins {
  private readonly db: Readable
  private readonly known = new Map<number, HeldOrigin>()

  constructor(db: Readable) {
    this.db = db
  }

  of(importId: number): HeldOrigin {
    const found = this.known.get(importId)
    if (found !== undefined) return found
    const origin = demandImport(this.db, importId)
    const known = { origin, reader: createHeldRecordReader(origin.plan), headers: headersOf(origin.plan) }
    this.known.set(importId, known)
    return known
  }

  /** Cells of a row as they are now. */
  cellsOf(entry: HeldEntry): ReturnType<typeof cellsOf> {
    const { origin, reader } = this.of(entry.importId)
    return cellsOf(origin.plan, reader, entry)
  }
}
