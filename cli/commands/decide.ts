import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { EXIT_NOT_KEPT } from '../exit.ts'
import { withExistingProject } from '../project.ts'
import { fromCaller, note, print } from '../terminal.ts'

type Options = Readonly<{ project: string; file: string; dryRun?: true; json?: true }>

const COLUMNS = `
Columns:
  question  persons, workspaces, companies, accounts, signups
  a, b      the two records by id, name, address or domain; a user and an account for signups, a workspace and an account for
            accounts. What several are called is not kept: their ids are listed
  answer    same, different, skip; of persons also split and pin, with an empty b
  relation  of workspaces: merge, group, environment-of, agency-of, unrelated
  note      a remark that is kept with the answer
  field     of a pin: the field of the person of a, such as name or job_title
  value     of a pin: the value that holds; empty to go by the records again

A split takes the users in a (several with ; between them) out of their person for good.

Exit code 3 where an answer was not kept: it contradicts others, or cannot be read. The others are.
`

/** `pql decide`: answers to the questions of identity from a file, as one batch that undo takes back as a whole. */
export function addDecide(program: Command, setExit: (code: number) => void): void {
  program
    .command('decide')
    .description(
      'answer which records are one, from a file with the columns question, a, b, answer, relation, note, field, value',
    )
    .requiredOption('--project <file>', 'project file')
    .requiredOption('--file <file>', 'table of answers: CSV, JSON or JSON lines')
    .option('--dry-run', 'say what would be kept, and keep nothing')
    .option('--json', 'print JSON')
    .addHelpText('after', COLUMNS)
    .action(async (options: Options) => {
      const dryRun = options.dryRun === true
      const result = await withExistingProject(options.project, session =>
        session.client['review.load']({ source: fromCaller(options.file), dryRun }, session.options),
      )
      for (const { record, message } of result.broken) note(`record ${record}: ${message}`)
      for (const { sentence } of result.contradictions) note(`not kept: ${sentence}`)
      print(options.json === true ? JSON.stringify({ ...result, dryRun }, null, 2) : summary(result, dryRun))
      if (result.contradictions.length + result.broken.length > 0) setExit(EXIT_NOT_KEPT)
    })
}

function summary({ rows, kept, contradictions, broken }: Output<'review.load'>, isDryRun: boolean): string {
  const others = `${contradictions.length} contradict others, ${broken.length} cannot be read`
  return isDryRun
    ? `${kept} of ${rows} answers would be kept; ${others}. Nothing was written.`
    : `${kept} of ${rows} answers kept; ${others}. Scores made before are stale where an answer changes them.`
}
