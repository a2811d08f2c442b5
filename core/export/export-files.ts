import {
  anomaliesFile,
  heldRowsFile,
  identitiesFile,
  personsFile,
  setAsideFile,
  workspaceAccountsFile,
  workspaceLinksFile,
} from './data-files.ts'
import type { ExportFile } from './export-file.ts'
import type { ExportInput } from './export-input.ts'
import { routingFiles, suppressedFile } from './routing-files.ts'
import { rollupsFile, scoreLinesFile, scoresFile, unitRows, unitsFile } from './score-files.ts'

/**
 * All files of a generic export but the manifest: scores and their ledger, what they rest on, and the lists.
 *
 * @param input a finished run
 * @returns files in a fixed order, each sorted by its key in code-point order; equal input gives equal bytes
 *
 * Source: docs/methods/export.md.
 */
export function exportFiles(input: ExportInput): readonly ExportFile[] {
  const rows = unitRows(input)
  return [
    scoresFile(rows, input),
    scoreLinesFile(rows),
    unitsFile(rows),
    rollupsFile(rows),
    anomaliesFile(input.anomalies),
    setAsideFile(input.setAside),
    personsFile(input.identities),
    identitiesFile(input.identities),
    workspaceAccountsFile(input.identities),
    workspaceLinksFile(input.identities),
    ...routingFiles(rows, input),
    suppressedFile(rows),
    heldRowsFile(input.heldRows),
  ]
}
