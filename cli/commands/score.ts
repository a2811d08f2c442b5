import type { Command } from 'commander'
import { checkAsOf, type ScoringOptions, withScoringOptions } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { applyModel, readScoringFiles, runScore } from '../steps.ts'
import { scoreSummary } from '../summary.ts'
import { print } from '../terminal.ts'

type Options = ScoringOptions & Readonly<{ project: string; json?: true }>

/** `pql score`: identities, scores and routes of a project as a new run. */
export function addScore(program: Command): void {
  const command = program
    .command('score')
    .description('resolve identities and score every workspace of a project')
    .requiredOption('--project <file>', 'project file')
  withScoringOptions(command)
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      checkAsOf(options.asOf)
      const scoring = readScoringFiles(options)
      const result = await withExistingProject(options.project, async session => {
        await applyModel(session, scoring)
        return await runScore(session, options)
      })
      print(options.json === true ? JSON.stringify(result, null, 2) : scoreSummary(result))
    })
}
