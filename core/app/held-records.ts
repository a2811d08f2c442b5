import { type HeldFilter, heldEntries, heldRecords, type ImportRecord, type Readable } from '#store'

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
    for (const ids of heldRecords(db, partsOf(imports), ruleOf(rule))) {
      merged += ids.length - 1
      for (const heldId of ids) this.members.set(heldId, ids)
    }
    this.merged = merged
  }

  /** All rows of a record, those of the oldest import first. */
  membersOf(heldId: number): readonly number[] {
    return this.members.get(heldId) ?? [heldId]
  }
}

/** Imports that read the same bytes as another one of them, for another table. */
function partsOf(imports: readonly ImportRecord[]): readonly number[] {
  const byFile = Map.groupBy(imports, ({ batchId, file, sha256 }) => JSON.stringify([batchId, file, sha256]))
  return [...byFile.values()].filter(parts => parts.length > 1).flatMap(parts => parts.map(part => part.importId))
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

export function filterOf(importId: number, rule: HeldRuleChoice): HeldFilter {
  return { importId, state: 'held', ...ruleOf(rule) }
}

function ruleOf({ code, column }: HeldRuleChoice): Pick<HeldFilter, 'code' | 'column'> {
  return { ...(code === undefined ? {} : { code }), ...(column === undefined ? {} : { column }) }
}
