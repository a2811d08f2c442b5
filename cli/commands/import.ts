import type { Command } from 'commander'
import { EXIT_HELD } from '../exit.ts'
import { type ReadingOptions, withReadingOptions } from '../options.ts'
import { withProject } from '../project.ts'
import { heldIn, runImport } from '../steps.ts'
import { importSummary } from '../summary.ts'
import { print } from '../terminal.ts'

type Options = ReadingOptions & Readonly<{ project: string; json?: true; failOn?: string }>

/** `pql import`: files into a project, published in one transaction. */
export function addImport(program: Command, setExit: (code: number) => void): void {
  const command = program
    .command('import')
    .description('import files into a project')
    .argument('<files or folders...>', 'exports to import; in a folder, files of no table are listed and skipped')
    .requiredOption('--project <file>', 'project file; made where there is none')
  withReadingOptions(command)
    .option('--json', 'print the result as JSON')
    .option('--fail-on <what>', 'held: end with code 3 when rows were held')
    .action(async (inputs: string[], options: Options) => {
      const result = await withProject(options.project, async (session, kept) => {
        const imported = await runImport(session, inputs, options)
        kept()
        return imported
      })
      print(options.json === true ? JSON.stringify(result, null, 2) : importSummary(result))
      if (options.failOn === 'held' && heldIn(result) > 0) setExit(EXIT_HELD)
    })
}
