import { formatInstant } from '#lib/time'
import type { ExportOutput, ImportOutput, ScoreOutput } from './steps.ts'
import { table } from './terminal.ts'

/** What an import did, one line per file, and what was held by rule. */
export function importSummary(result: ImportOutput): string {
  const head = ['file', 'table', 'read', 'new', 'changed', 'same', 'held', 'skipped']
  const rows = result.files.map(file => [
    file.file,
    file.table,
    ...[file.read, file.added, file.changed, file.same, file.held, file.skipped].map(String),
  ])
  const held = result.files.flatMap(file =>
    file.heldRules.map(
      rule =>
        `  ${file.file}: ${rule.count} x ${rule.code}${rule.column === '' ? '' : ` in ${rule.column}`}: ${rule.message}`,
    ),
  )
  const warnings = result.files.flatMap(file => file.warnings.map(warning => `  ${file.file}: ${warning}`))
  return [
    table([head, ...rows]),
    ...(held.length === 0 ? [] : ['', 'Held rows (kept with file and line, not loaded):', ...held]),
    ...(warnings.length === 0 ? [] : ['', 'Notes:', ...warnings]),
  ].join('\n')
}

const STAGES = ['Hot PQL', 'PQL', 'Warm', 'Not PQL']

/** Stages and destinations of a run in words. */
export function scoreSummary(result: ScoreOutput): string {
  const stages = STAGES.map(stage => [stage, String(result.stages[stage] ?? 0)])
  const destinations = Object.entries(result.destinations)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, units]) => [name, String(units)])
  const aside = result.setAside.map(({ reason, count }) => [reason, String(count)])
  return [
    `${result.units} workspaces scored as of ${formatInstant(result.asOf)}`,
    '',
    table([['stage', 'workspaces'], ...stages]),
    '',
    table([['goes to', 'workspaces'], ...destinations]),
    ...(aside.length === 0 ? [] : ['', 'Events that count nowhere:', table(aside)]),
  ].join('\n')
}

export function exportSummary(result: ExportOutput): string {
  const rows = result.files.map(file => [file.name, String(file.rows), String(file.bytes)])
  const harmless =
    result.cellsMadeHarmless === 0
      ? []
      : [
          '',
          `${result.cellsMadeHarmless} text cells that a spreadsheet would run as a formula got a leading apostrophe`,
        ]
  return [`Written to ${result.folder}`, '', table([['file', 'rows', 'bytes'], ...rows]), ...harmless].join('\n')
}
