import type { Command } from 'commander'
import { type Level, levelOption } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { runExport } from '../steps.ts'
import { exportSummary } from '../summary.ts'
import { print } from '../terminal.ts'

type Options = Readonly<{ project: string; out: string; json?: true; overwrite?: true; level?: Level }>

/** `pql export`: the lists and ledgers of the newest run, as files. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the lists and ledgers of the newest scores')
    .requiredOption('--project <file>', 'project file')
    .requiredOption('--out <folder>', 'folder for the lists')
    .option('--overwrite', 'replace files of the folder that no earlier export wrote')
    .addOption(levelOption('which scores are written'))
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const result = await withExistingProject(options.project, session => runExport(session, options.out, options))
      print(options.json === true ? JSON.stringify(result, null, 2) : exportSummary(result))
    })
}
