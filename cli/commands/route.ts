import { type Command, Option } from 'commander'
import type { Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { DESTINATIONS } from '#schema/policy'
import type { Session } from '../engine.ts'
import { withExistingProject } from '../project.ts'
import { rowsOfUnits, type ScoreRow } from '../score-rows.ts'
import { noteStaleScores } from '../stale-scores.ts'
import { print, table } from '../terminal.ts'

type Sort = Input<'score.order'>['sort']
type Options = Readonly<{ project: string; sort: Sort; limit?: string; to?: string; json?: true }>

/** By text they begin at A, by figures at the largest. */
const TEXT_SORTS: readonly Sort[] = ['id', 'name', 'account', 'destination', 'stage']
const SORTS: readonly Sort[] = ['score', 'lastActive', ...TEXT_SORTS]

/** `pql route`: where every workspace of the newest run goes, best score first, and what that comes to. */
export function addRoute(program: Command): void {
  program
    .command('route')
    .description('print where each workspace of the newest scores goes, and the totals per channel and rule')
    .requiredOption('--project <file>', 'project file')
    .addOption(new Option('--sort <column>', 'order of the workspaces').choices(SORTS).default('score'))
    .option('--limit <number>', 'workspaces that are printed; 0: the totals alone')
    .option('--to <channels>', 'only workspaces that go there: sdr, csm ..., several with commas')
    .option('--json', 'print the workspaces as JSON')
    .action(async (options: Options) => {
      const limit = limitOf(options)
      const read = await withExistingProject(options.project, session => readRoutes(session, options, limit))
      print(options.json === true ? JSON.stringify(read.rows, null, 2) : summary(read))
    })
}

function limitOf({ limit }: Options): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY
  if (/^\d{1,9}$/.test(limit)) return Number(limit)
  throw new AppError('usage/bad-argument', `--limit ${limit} is no number of workspaces; give 0 or more`, {
    option: '--limit',
    value: limit,
  })
}

type Routes = Readonly<{
  rows: readonly ScoreRow[]
  matching: number
  /** Not read where nobody sees them. */
  totals: Totals | null
}>
type Totals = Readonly<{
  destinations: ReadonlyMap<string, number>
  beside: ReadonlyMap<string, number>
  lists: Output<'export.preview'>['channels']
  suppressed: Output<'export.preview'>['suppressed']
  rules: Output<'routing.check'>['rules']
  units: number
}>

async function readRoutes(session: Session, { sort, to, json }: Options, limit: number): Promise<Routes> {
  const { client } = session
  await noteStaleScores(session)
  const filter = { destinations: to === undefined ? [] : destinationsIn(to) }
  const descending = !TEXT_SORTS.includes(sort)
  const { columns } = await client['score.order']({ sort, descending, filter })
  const rows = await rowsOfUnits(session, columns.order.subarray(0, Math.min(limit, columns.order.length)))
  const matching = columns.order.length
  const isAll = to === undefined && rows.length === matching
  return { rows, matching, totals: json === true ? null : await totalsOf(session, isAll ? rows : null) }
}

function destinationsIn(text: string): string[] {
  return text.split(',').map(name => {
    const channel = name.trim()
    if (DESTINATIONS.some(known => known === channel)) return channel
    throw new AppError('usage/bad-argument', `--to ${channel} is none of ${DESTINATIONS.join(', ')}`, {
      option: '--to',
      value: channel,
    })
  })
}

/** @param known rows of all workspaces; null: they are read */
async function totalsOf(session: Session, known: readonly ScoreRow[] | null): Promise<Totals> {
  const { client } = session
  const { policy } = await client['routing.policy']({})
  const { rules, units } = await client['routing.check']({ json: JSON.stringify(policy) })
  const { channels: lists, suppressed } = await client['export.preview']({})
  const destinations = new Map<string, number>()
  const beside = new Map<string, number>()
  for (const row of known ?? (await everyRow(session))) {
    destinations.set(row.destination, (destinations.get(row.destination) ?? 0) + 1)
    for (const channel of row.also) beside.set(channel, (beside.get(channel) ?? 0) + 1)
  }
  return { destinations, beside, lists, suppressed, rules, units }
}

async function everyRow(session: Session): Promise<readonly ScoreRow[]> {
  const { columns } = await session.client['score.order']({ sort: 'id', descending: false, filter: {} })
  return await rowsOfUnits(session, columns.order)
}

function summary({ rows, matching, totals }: Routes): string {
  const head = ['workspace', 'name', 'score', 'stage', 'goes to', 'also', 'team', 'owner']
  const hidden = matching - rows.length
  return [
    ...(rows.length === 0 ? [] : [table([head, ...rows.map(cells)]), '']),
    ...(hidden === 0 ? [] : [`${rows.length} of ${matching} workspaces are printed.`, '']),
    ...(totals === null ? [] : totalLines(totals)),
  ].join('\n')
}

function cells(row: ScoreRow): readonly string[] {
  return [
    row.unitId,
    row.unitName ?? '',
    row.score.toFixed(1),
    row.stage,
    row.destination,
    row.also.join(' '),
    row.ownerTeam ?? '',
    row.ownerName ?? row.owner ?? '',
  ]
}

function totalLines({ destinations, beside, lists, suppressed, rules, units }: Totals): readonly string[] {
  const listed = new Map(lists.map(({ channel, rows }) => [channel, rows]))
  const names = [...new Set([...destinations.keys(), ...beside.keys()])].sort(
    (a, b) => (destinations.get(b) ?? 0) - (destinations.get(a) ?? 0) || (a < b ? -1 : 1),
  )
  const channels = names.map(name => {
    const [own, other] = [destinations.get(name) ?? 0, beside.get(name) ?? 0]
    const list = name === 'none' ? 0 : (listed.get(name) ?? 0)
    return [name, own, other, name === 'none' ? 0 : own + other - list, list].map(String)
  })
  return [
    table([['channel', 'goes to', 'also', 'stopped', 'on the list'], ...channels]),
    '',
    `${units} workspaces. On the list of a channel is who goes there or is there also, and is not stopped.`,
    ...(suppressed.length === 0
      ? []
      : [`Stopped for: ${suppressed.map(({ reason, count }) => `${reason} ${count}`).join(', ')}.`]),
    '',
    table([
      ['rule', 'title', 'decides'],
      ...rules.map(({ ruleId, title, decides }) => [ruleId, title, String(decides)]),
    ]),
  ]
}
