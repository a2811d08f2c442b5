import type { Output } from '#contract/contract'
import { heldRules, heldTotals, type ImportRecord, originOfImport, type Readable, undoRefusal } from '#store'

type FileReport = Output<'import.run'>['files'][number]
type ListedReport = Output<'import.list'>['imports'][number]

/**
 * An import as people see it, with what its held rows break.
 *
 * @param isKnown was the file imported before? Then none of its rows is new now, all that were loaded are the same, and none left its table
 */
export function reportOf(db: Readable, record: ImportRecord, isKnown: boolean): FileReport {
  const { importId, file, table, bytes, sha256, read, loaded, held, skipped } = record
  const { added, changed, same } = isKnown ? { added: 0, changed: 0, same: loaded } : record
  return {
    importId,
    file,
    table,
    bytes,
    sha256,
    read,
    loaded,
    held,
    skipped,
    added,
    changed,
    same,
    differingCopies: record.differingCopies,
    mode: record.mode,
    leftAlone: record.leftAlone,
    removed: isKnown ? 0 : record.removed,
    alreadyImported: isKnown,
    ...(isKnown ? heldSince(db, record) : {}),
    heldRules: held === 0 ? [] : [...heldRules(db, importId)],
    warnings: [...record.warnings],
    ...answersTaken(record),
    importedAt: record.importedAt,
  }
}

/** The answers that a file took, where any was given for all files. */
export function answersTaken({ plan: { answered } }: Pick<ImportRecord, 'plan'>): Pick<FileReport, 'answered'> {
  return answered === undefined ? {} : { answered: [...answered] }
}

/** An import in the list of all of them: whether it counts, and whether it can be taken back. */
export function listedReport(db: Readable, record: ImportRecord): ListedReport {
  const { batchId, undoneAt } = record
  const report = { ...reportOf(db, record, false), batchId, undoneAt, undoRefusal: undoRefusal(db, record) }
  const origin = originOfImport(db, record.importId)
  return { ...report, ...(origin === null ? heldSince(db, record) : { madeOf: origin }) }
}

/** What the held rows of a published import have come to, where that is not what it held. */
export function heldSince(db: Readable, { importId, held, status }: ImportRecord): Pick<FileReport, 'heldNow'> {
  if (held === 0 || status !== 'published') return {}
  const heldNow = heldTotals(db, importId)
  return heldNow.held === held ? {} : { heldNow }
}
