import type { Command } from 'commander'
import { EXIT_HELD } from '../exit.ts'
import {
  checkAsOf,
  type MapOption,
  type ReadingOptions,
  type ScoringOptions,
  withMapOption,
  withReadingOptions,
  withScoringOptions,
} from '../options.ts'
import { withProject } from '../project.ts'
import { noteDiscarded } from '../staging.ts'
import {
  applyModel,
  checkTarget,
  heldIn,
  readImportGround,
  readScoringFiles,
  runExport,
  runImport,
  runScore,
} from '../steps.ts'
import { exportSummary, importSummary, scoreSummary } from '../summary.ts'
import { print } from '../terminal.ts'

type Options = ReadingOptions &
  MapOption &
  ScoringOptions &
  Readonly<{ project: string; out: string; json?: true; failOn?: string; overwrite?: true }>

/** `pql run`: import, identities, scores, routes and lists in one go. */
export function addRun(program: Command, setExit: (code: number) => void): void {
  const command = program
    .command('run')
    .description('import files, resolve identities, score, route and write the lists')
    .argument('<files or folders...>', 'exports to import; in a folder, files of no table are listed and skipped')
    .requiredOption('--project <file>', 'project file; made where there is none')
    .requiredOption('--out <folder>', 'folder for the lists')
  withScoringOptions(withMapOption(withReadingOptions(command)))
    .option('--json', 'print the result as JSON')
    .option('--fail-on <what>', 'held: end with code 3 when rows were held')
    .option('--overwrite', 'replace files of the folder that no earlier export wrote')
    .action(async (inputs: string[], options: Options) => {
      checkAsOf(options.asOf)
      const ground = readImportGround(inputs, options)
      const scoring = readScoringFiles(options)
      const result = await withProject(options.project, async (session, kept) => {
        await checkTarget(session, options.out, options.overwrite === true)
        await applyModel(session, scoring)
        await noteDiscarded(session)
        const imported = await runImport(session, ground)
        if (imported.files.some(file => file.table === 'events')) kept()
        const scored = await runScore(session, options)
        const exported = await runExport(session, options.out, options)
        return { imported, scored, exported }
      })
      if (options.json === true) print(JSON.stringify(result, null, 2))
      else
        print(
          [importSummary(result.imported), scoreSummary(result.scored), exportSummary(result.exported)].join('\n\n'),
        )
      if (options.failOn === 'held' && heldIn(result.imported) > 0) setExit(EXIT_HELD)
    })
}
