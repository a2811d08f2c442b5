import { createHash } from 'node:crypto'
import { type HeldFilter, heldEntries, type ImportRecord, type Readable } from '#store'

/** Which held rows: of a rule where one is named. */
export type HeldRuleChoice = Readonly<{ code?: string | undefined; column?: string | undefined }>

const PAGE = 500

/**
 * Held rows that are one record: a record of a file that feeds several tables may be held for each of them. Rows are one record where
 * their imports read the same file in one batch, and line, text and what was said about them are the same; of records that are the same in
 * all that, the first is the first of every table.
 */
export class HeldRecords {
  private readonly members = new Map<number, readonly number[]>()
  /** Rows that are told with another one. */
  readonly merged: number

  /** @param imports published ones; held rows of others are no part of a record */
  constructor(db: Readable, imports: readonly ImportRecord[], rule: HeldRuleChoice = {}) {
    let merged = 0
    for (const parts of readingsOf(imports)) {
      for (const ids of recordsOf(db, parts, rule)) {
        merged += ids.length - 1
        for (const heldId of ids) this.members.set(heldId, ids)
      }
    }
    this.merged = merged
  }

  /** All rows of a record, those of the oldest import first. */
  membersOf(heldId: number): readonly number[] {
    return this.members.get(heldId) ?? [heldId]
  }
}

/** Imports of which each read the same bytes for another table: only lists of two or more. */
function readingsOf(imports: readonly ImportRecord[]): readonly (readonly ImportRecord[])[] {
  const byFile = Map.groupBy(imports, ({ batchId, file, sha256 }) => JSON.stringify([batchId, file, sha256]))
  return [...byFile.values()]
    .filter(parts => parts.length > 1)
    .map(parts => parts.toSorted((a, b) => a.importId - b.importId))
}

function recordsOf(db: Readable, parts: readonly ImportRecord[], rule: HeldRuleChoice): readonly (readonly number[])[] {
  const records = new Map<string, number[]>()
  for (const { importId } of parts) {
    const times = new Map<string, number>()
    for (const { heldId, line, raw, overlay } of entriesOf(db, filterOf(importId, rule))) {
      const said = overlay === null ? '' : JSON.stringify(overlay)
      const same = `${line} ${createHash('sha256').update(raw).update('\0').update(said).digest('base64')}`
      const time = times.get(same) ?? 0
      times.set(same, time + 1)
      const key = `${time} ${same}`
      const ids = records.get(key)
      if (ids === undefined) records.set(key, [heldId])
      else ids.push(heldId)
    }
  }
  return [...records.values()].filter(ids => ids.length > 1)
}

/** Held rows of an import, and of a rule where one is named, in the order they were read. */
export function* entriesOf(db: Readable, filter: HeldFilter): Generator<ReturnType<typeof heldEntries>[number]> {
  for (let after = 0; ; ) {
    const page = heldEntries(db, filter, after, PAGE)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.heldId
  }
}

export function filterOf(importId: number, { code, column }: HeldRuleChoice): HeldFilter {
  return {
    importId,
    state: 'held',
    ...(code === undefined ? {} : { code }),
    ...(column === undefined ? {} : { column }),
  }
}
