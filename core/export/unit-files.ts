import type { RoutedChannel } from '#schema/policy'
import { type HarmlessCell, headerOf, lineOf } from './export-file.ts'
import type { ExportGround } from './export-input.ts'
import { listSheets, type Ranked, type Ranking, type StoppedRow, stoppedRows } from './routing-files.ts'
import {
  type ExportUnit,
  rollupsSheet,
  scoreLinesSheet,
  scoresSheet,
  type UnitRow,
  type UnitSheet,
  unitRow,
  unitsSheet,
} from './score-files.ts'

/** Files that are written side by side while the units of a run go by, each of them once. */
export type UnitFiles = Readonly<{
  names: readonly string[]
  /** What each file begins with. */
  begin(): readonly string[]
  /** What a unit adds to each file, empty where it adds nothing. Units are to come in the order of their ids. */
  take(unit: ExportUnit): readonly string[]
  /** What each file ends with, when all units were taken: the lists whose order is not that of the units. */
  end(): readonly string[]
  /** Records of each file so far. */
  rows(): readonly number[]
  /** What the manifest and suppressed.csv are made of, of the units so far. */
  routes(): readonly Ranked['route'][]
  stopped(): readonly StoppedRow[]
}>

/**
 * The files of a run that go by unit, for runs whose units are not held all at once: the bytes are those of `exportFiles`.
 *
 * @param ground the run without its units
 * @param ranking of all its units
 * @param note hears of each cell that is made harmless, unit by unit
 *
 * Source: docs/methods/export.md, "Files".
 */
export function unitFiles(ground: ExportGround, ranking: Ranking, note: (cell: HarmlessCell) => void): UnitFiles {
  const lists = listSheets(ranking, ground)
  const sheets = [scoresSheet(ground), scoreLinesSheet(), unitsSheet(), rollupsSheet(), ...lists].map(sheet =>
    writing(sheet as UnitSheet<unknown>, note),
  )
  const reasonGround = { model: ground.model, today: ground.calendar.dayOf(ground.asOf) }
  const rows = sheets.map(() => 0)
  const routes: Ranked['route'][] = []
  const stopped: StoppedRow[] = []
  return {
    names: sheets.map(({ name }) => name),
    begin: () => sheets.map(({ header }) => header),
    take: unit => {
      const row = unitRow(unit, reasonGround)
      const { unitId, destination, also, suppressedBy } = unit.route
      routes.push({ unitId, destination, also, suppressedBy })
      stopped.push(...stoppedRows(unit))
      return sheets.map(({ linesOf }, i) => {
        const { text, count } = linesOf(row)
        rows[i] = (rows[i] ?? 0) + count
        return text
      })
    },
    end: () => sheets.map(({ held }) => held()),
    rows: () => rows,
    routes: () => routes,
    stopped: () => stopped,
  }
}

type Writing = Readonly<{
  name: string
  header: string
  linesOf(unit: UnitRow): Readonly<{ text: string; count: number }>
  /** Lines that wait for their place, in order. */
  held(): string
}>

function writing<R>(sheet: UnitSheet<R>, note: (cell: HarmlessCell) => void): Writing {
  const { placeOf } = sheet
  const held: Readonly<{ place: number; line: string }>[] = []
  return {
    name: sheet.name,
    header: headerOf(sheet),
    linesOf: unit => {
      const rows = sheet.rowsOf(unit)
      const lines = rows.map(row => lineOf(sheet, row, note))
      if (placeOf === undefined) return { text: lines.join(''), count: lines.length }
      for (const [i, row] of rows.entries()) held.push({ place: placeOf(row), line: lines[i] ?? '' })
      return { text: '', count: lines.length }
    },
    held: () =>
      held
        .sort((a, b) => a.place - b.place)
        .map(({ line }) => line)
        .join(''),
  }
}

/** How many records files have. */
export type FileRows = Readonly<{
  units: number
  lines: number
  workspaces: number
  anomalies: number
  setAside: number
  users: number
  identifiers: number
  workspaceAccounts: number
  workspaceLinks: number
  /** Units on the list of each channel that has one, in the order of the files. */
  lists: ReadonlyMap<RoutedChannel, number>
  stopped: number
  heldRows: number
}>

/**
 * The files of an export in their order, with their records.
 *
 * Source: docs/methods/export.md, "Files".
 */
export function filesOf(rows: FileRows): readonly Readonly<{ name: string; rows: number }>[] {
  return [
    { name: 'scores.csv', rows: rows.units },
    { name: 'score_lines.csv', rows: rows.lines },
    { name: 'units.csv', rows: rows.workspaces },
    { name: 'rollups.csv', rows: rows.units },
    { name: 'anomalies.csv', rows: rows.anomalies },
    { name: 'set_aside.csv', rows: rows.setAside },
    { name: 'persons.csv', rows: rows.users },
    { name: 'identities.csv', rows: rows.identifiers },
    { name: 'workspace_accounts.csv', rows: rows.workspaceAccounts },
    { name: 'workspace_links.csv', rows: rows.workspaceLinks },
    ...[...rows.lists].map(([channel, units]) => ({ name: `routing/${channel}.csv`, rows: units })),
    { name: 'suppressed.csv', rows: rows.stopped },
    { name: 'held_rows.csv', rows: rows.heldRows },
  ]
}
