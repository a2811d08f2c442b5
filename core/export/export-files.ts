import {
  anomaliesFile,
  heldRowsFile,
  identitiesFile,
  personsFile,
  setAsideFile,
  workspaceAccountsFile,
  workspaceLinksFile,
} from './data-files.ts'
import { csvFile, type ExportFile } from './export-file.ts'
import type { ExportGround, ExportInput } from './export-input.ts'
import { listSheets, rankingOf, rankUnits, stoppedRows, suppressedFile } from './routing-files.ts'
import {
  rollupsSheet,
  scoreLinesSheet,
  scoresSheet,
  type UnitRow,
  type UnitSheet,
  unitRows,
  unitsSheet,
} from './score-files.ts'

/**
 * All files of a generic export but the manifest: scores and their ledger, what they rest on, and the lists.
 *
 * @param input a finished run
 * @returns files in a fixed order, each sorted by its key in code-point order, lists of channels by priority; equal input gives equal bytes
 *
 * Source: docs/methods/export.md.
 */
export function exportFiles(input: ExportInput): readonly ExportFile[] {
  const rows = unitRows(input)
  const ranking = rankingOf(rankUnits(rows.map(({ route, judged }) => ({ route, score: judged.score.score }))))
  const file = <R>({ placeOf, ...sheet }: UnitSheet<R>): ExportFile => {
    const own = rows.flatMap(sheet.rowsOf)
    return csvFile({ ...sheet, rows: placeOf === undefined ? own : own.sort((a, b) => placeOf(a) - placeOf(b)) })
  }
  return [
    file<UnitRow>(scoresSheet(input)),
    file(scoreLinesSheet()),
    file(unitsSheet()),
    file(rollupsSheet()),
    ...dataFiles(input),
    ...listSheets(ranking, input).map(sheet => file(sheet)),
    suppressedFile(rows.flatMap(stoppedRows)),
    heldRowsFile(input.heldRows),
  ]
}

/**
 * The files of a run that do not go by unit: what its scores rest on.
 *
 * @param ground a finished run without its units
 *
 * Source: docs/methods/export.md.
 */
export function dataFiles({ anomalies, setAside, identities }: ExportGround): readonly ExportFile[] {
  return [
    anomaliesFile(anomalies),
    setAsideFile(setAside),
    personsFile(identities),
    identitiesFile(identities),
    workspaceAccountsFile(identities),
    workspaceLinksFile(identities),
  ]
}
