import type { Platform } from '../../platform/platform.ts'
import { importPlan } from '../../state/imports.ts'
import { isUnderWay } from '../../state/mapping-board.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { refreshSummary } from '../../state/project.ts'

/** Files that would be imported: those that feed a table. */
export function fittingFiles(files: readonly BoardFile[]): readonly BoardFile[] {
  return files.filter(({ tables }) => tables.length > 0)
}

/**
 * Nothing is left to be said, and every file was read to its end or is not waited for.
 *
 * @param isCompared were the keys of the files compared?
 */
export function canImport(files: readonly BoardFile[], isCompared: boolean): boolean {
  return (
    (isCompared || fittingFiles(files).length === 0) &&
    fittingFiles(files).length > 0 &&
    files.every(({ asks }) => asks.length === 0) &&
    !files.some(({ entry }) => isUnderWay(entry))
  )
}

/** Imports what is on the board. */
export async function confirmImport(platform: Platform): Promise<void> {
  await importPlan(platform)
  await refreshSummary(platform.client)
}
