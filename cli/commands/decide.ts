import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { withExistingProject } from '../project.ts'
import { fromCaller, note, print } from '../terminal.ts'

type Options = Readonly<{ project: string; file: string; dryRun?: true; json?: true }>

/** `pql decide`: answers to the questions of identity from a file, as one batch that undo takes back as a whole. */
export function addDecide(program: Command): void {
  program
    .command('decide')
    .description('answer which records are one, from a file with the columns question, a, b, answer, relation, note')
    .requiredOption('--project <file>', 'project file')
    .requiredOption('--file <file>', 'table of answers: CSV, JSON or JSON lines')
    .option('--dry-run', 'say what would be kept, and keep nothing')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const dryRun = options.dryRun === true
      const result = await withExistingProject(options.project, session =>
        session.client['review.load']({ source: fromCaller(options.file), dryRun }, session.options),
      )
      for (const { record, message } of result.broken) note(`record ${record}: ${message}`)
      for (const { sentence } of result.contradictions) note(`not kept: ${sentence}`)
      print(options.json === true ? JSON.stringify({ ...result, dryRun }, null, 2) : summary(result, dryRun))
    })
}

function summary({ rows, kept, contradictions, broken }: Output<'review.load'>, isDryRun: boolean): string {
  const others = `${contradictions.length} contradict others, ${broken.length} cannot be read`
  return isDryRun
    ? `${kept} of ${rows} answers would be kept; ${others}. Nothing was written.`
    : `${kept} of ${rows} answers kept; ${others}. Scores made before are stale where an answer changes them.`
}
