import { type Command, Option } from 'commander'
import type { Output } from '#contract/contract'
import { formatDay } from '#lib/time'
import type { Session } from '../engine.ts'
import { checkAsOf, type Level, type ScoringOptions, withScoringOptions } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { applyModel, readScoringFiles, runScore, type ScoreOutput } from '../steps.ts'
import { scoreSummary } from '../summary.ts'
import { print, table } from '../terminal.ts'

type Options = Omit<ScoringOptions, 'level'> & Readonly<{ project: string; json?: true; level?: Level | 'user' }>
type People = Output<'score.people'>['rows']

const PAGE = 500

/** `pql score`: identities, scores and routes of a project as a new run. */
export function addScore(program: Command): void {
  const command = program
    .command('score')
    .description('resolve identities and score every workspace of a project')
    .requiredOption('--project <file>', 'project file')
  const level = new Option(
    '--level <level>',
    'what gets a score; user: scores workspaces and prints what each of their people scores (default: workspace)',
  ).choices(['workspace', 'account', 'user'])
  withScoringOptions(command, level)
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      checkAsOf(options.asOf)
      const { level: asked, ...rest } = options
      const scoring = readScoringFiles(rest)
      const result = await withExistingProject(options.project, async session => {
        await applyModel(session, scoring)
        const scored = await runScore(
          session,
          asked === undefined || asked === 'user' ? rest : { ...rest, level: asked },
        )
        return { scored, people: asked === 'user' ? await allPeople(session) : null }
      })
      print(options.json === true ? JSON.stringify(result.people ?? result.scored, null, 2) : textOf(result))
    })
}

async function allPeople({ client, options }: Session): Promise<People> {
  const rows: People = []
  for (let offset: number | null = 0; offset !== null; ) {
    const page: Output<'score.people'> = await client['score.people']({ offset, limit: PAGE }, options)
    rows.push(...page.rows)
    offset = page.nextOffset
  }
  return rows
}

function textOf({ scored, people }: Readonly<{ scored: ScoreOutput; people: People | null }>): string {
  if (people === null) return scoreSummary(scored)
  const rows = people.map(one => [
    one.personId,
    one.unitId,
    one.userScore.toFixed(1),
    one.role,
    one.isRepresentative ? 'represents' : '',
    one.lastActiveDay === null ? '' : formatDay(one.lastActiveDay),
  ])
  const head = ['person', 'workspace', 'points', 'role', '', 'last active']
  return [scoreSummary(scored), '', table([head, ...rows])].join('\n')
}
