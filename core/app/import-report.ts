import type { Output } from '#contract/contract'
import { heldRules, type ImportRecord, type Readable } from '#store'

type FileReport = Output<'import.run'>['files'][number]

/** An import as people see it, with what its held rows break. */
export function reportOf(db: Readable, record: ImportRecord, isKnown: boolean): FileReport {
  const { importId, file, table, bytes, sha256, read, loaded, held, skipped } = record
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
    added: record.added,
    changed: record.changed,
    same: record.same,
    differingCopies: record.differingCopies,
    alreadyImported: isKnown,
    heldRules: held === 0 ? [] : [...heldRules(db, importId)],
    warnings: [...record.warnings],
    importedAt: record.importedAt,
  }
}
