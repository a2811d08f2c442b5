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
        pending: (await client['import.pending']({})).batch,
      }))
      print(options.json === true ? JSON.stringify(result, null, 2) : infoText(result))
    })
}

type Info = Readonly<{
  summary: Output<'project.summary'>
  imports: Output<'import.list'>['imports']
  pending: Output<'import.pending'>['batch']
}>

function infoText({ summary, imports, pending }: Info): string {
  const tables = Object.entries(summary.rowsPerTable).map(([name, rows]) => [name, String(rows)])
  const files = imports.map(file => [
    String(file.importId),
    file.file,
    file.table,
    String(file.loaded),
    String(file.held),
    file.undoneAt === null ? file.mode : `${file.mode}, undone`,
  ])
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
    table([['import', 'file', 'table', 'loaded', 'held', 'mode'], ...files]),
    ...pendingLines(pending),
    '',
    ...scores,
  ].join('\n')
}

function pendingLines(pending: Info['pending']): readonly string[] {
  if (pending === null) return []
  const files = pending.files.map(({ file, table: name, state, problem }) => [
    `  ${file}`,
    name,
    state === 'complete' ? 'read whole' : `to be read again${problem === null ? '' : `: ${problem}`}`,
  ])
  const since = formatInstant(pending.begunAt)
  return [
    '',
    `An import begun at ${since} ${pending.isReady ? 'waits to be published' : 'was broken off'}: pql import --resume or --discard`,
    table(files),
  ]
}
