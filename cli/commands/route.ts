import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import type { Session } from '../engine.ts'
import { withExistingProject } from '../project.ts'
import { noteStaleScores } from '../stale-scores.ts'
import { print, table } from '../terminal.ts'

type Row = Output<'score.rows'>['rows'][number]

const PAGE = 500

/** `pql route`: where every workspace of the newest run goes, by id. */
export function addRoute(program: Command): void {
  program
    .command('route')
    .description('print where each workspace of the newest scores goes')
    .requiredOption('--project <file>', 'project file')
    .option('--json', 'print JSON')
    .action(async (options: Readonly<{ project: string; json?: true }>) => {
      const rows = await withExistingProject(options.project, allRows)
      if (options.json === true) return print(JSON.stringify(rows, null, 2))
      const head = ['workspace', 'score', 'stage', 'destination', 'also', 'team', 'owner']
      print(table([head, ...rows.map(cells)]))
    })
}

function cells(row: Row): readonly string[] {
  return [
    row.unitId,
    row.score.toFixed(1),
    row.stage,
    row.destination,
    row.also.join(' '),
    row.ownerTeam ?? '',
    row.owner ?? '',
  ]
}

async function allRows(session: Session): Promise<readonly Row[]> {
  const { client } = session
  await noteStaleScores(session)
  const { columns } = await client['score.order']({ sort: 'id', descending: false, filter: {} })
  const rows: Row[] = []
  for (let at = 0; at < columns.order.length; at += PAGE) {
    const page = await client['score.rows']({ unitNos: [...columns.order.subarray(at, at + PAGE)] })
    rows.push(...page.rows)
  }
  return rows
}
