import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { formatInstant } from '#lib/time'
import { withExistingProject } from '../project.ts'
import { print, table } from '../terminal.ts'

/** `pql info`: what a project holds. */
export function addInfo(program: Command): void {
  program
    .command('info')
    .description('print what a project holds')
    .argument('<project>', 'project file')
    .option('--json', 'print JSON')
    .action(async (project: string, options: Readonly<{ json?: true }>) => {
      const result = await withExistingProject(project, async ({ client }) => ({
        summary: await client['project.summary']({}),
        ...(await client['import.list']({})),
      }))
      print(options.json === true ? JSON.stringify(result, null, 2) : infoText(result.summary, result.imports))
    })
}

function infoText(summary: Output<'project.summary'>, imports: Output<'import.list'>['imports']): string {
  const tables = Object.entries(summary.rowsPerTable).map(([name, rows]) => [name, String(rows)])
  const files = imports.map(file => [file.file, file.table, String(file.loaded), String(file.held)])
  const run = summary.scoreRun
  const scores =
    run === null
      ? ['Not scored yet']
      : [
          `${run.units} workspaces scored as of ${formatInstant(run.asOf)} by ${run.modelName} (${run.modelHash.slice(0, 12)})`,
          ...(run.isStale ? ['The data or the model has changed since: score again'] : []),
        ]
  return [
    summary.project.name,
    '',
    table([['table', 'rows'], ...tables]),
    '',
    table([['file', 'table', 'loaded', 'held'], ...files]),
    '',
    ...scores,
  ].join('\n')
}
