import type { Command } from 'commander'
import type { Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Session } from '../engine.ts'
import { withExistingProject } from '../project.ts'
import { noteStaleScores } from '../stale-scores.ts'
import { counted, note, print, table } from '../terminal.ts'

type Pools = Output<'routing.pools'>
type Teams = Pools['teams']
type Member = Teams[number]['members'][number]
type Owned = Output<'routing.owned'>['rows'][number]
type Options = Readonly<{ project: string; json?: true }>

const PAGE = 500

/** `pql pools`: who of the pools takes work, who holds what, and giving work to somebody else. */
export function addPools(program: Command): void {
  const pools = program.command('pools').description('print who of the pools works what, and give it to others')
  withProject(pools.command('list', { isDefault: true }).description('print the people of each pool and their room'))
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const read = await withExistingProject(options.project, async session => {
        await noteStaleScores(session)
        return await session.client['routing.pools']({})
      })
      print(options.json === true ? JSON.stringify(read, null, 2) : poolsText(read))
    })
  withProject(pools.command('show').description('print what one person works'))
    .argument('<person>', 'owner id, email or name')
    .option('--json', 'print JSON')
    .action(async (person: string, options: Options) => {
      const rows = await withExistingProject(options.project, async session => {
        await noteStaleScores(session)
        const { teams } = await session.client['routing.pools']({})
        return await ownedBy(session, personCalled(teams, person).ownerId)
      })
      print(options.json === true ? JSON.stringify(rows, null, 2) : ownedText(rows))
    })
  withProject(pools.command('give').description('give workspaces of a pool to a person, from the next scores on'))
    .argument('<workspaces...>', 'ids of workspaces')
    .requiredOption('--to <person>', 'owner id, email or name')
    .action(async (unitIds: readonly string[], options: Options & Readonly<{ to: string }>) => {
      await withExistingProject(options.project, async session => {
        const { teams } = await session.client['routing.pools']({})
        const { ownerId, name } = personCalled(teams, options.to)
        const to = { ownerId, name: name ?? ownerId }
        print(await move(session, unitIds, { teams, to }))
      })
    })
  withProject(
    pools.command('release').description('take workspaces from who holds them; the next scores give them out anew'),
  )
    .argument('<workspaces...>', 'ids of workspaces')
    .action(async (unitIds: readonly string[], options: Options) => {
      await withExistingProject(options.project, async session => {
        const { teams } = await session.client['routing.pools']({})
        print(await move(session, unitIds, { teams, to: null }))
      })
    })
  for (const command of pools.commands) command.exitOverride()
}

const withProject = (command: Command): Command => command.requiredOption('--project <file>', 'project file')

/** @throws AppError usage/bad-argument where nobody, or more than one, is called so */
function personCalled(teams: Teams, called: string): Pick<Member, 'ownerId' | 'name'> {
  const members = teams.flatMap(pool => pool.members)
  const people = [...members, ...teams.flatMap(({ others }) => others.map(other => ({ ...other, email: null })))]
  const byId = people.find(({ ownerId }) => ownerId === called)
  if (byId !== undefined) return byId
  const same = people.filter(({ name, email }) =>
    [name, email].some(own => own?.toLowerCase() === called.toLowerCase()),
  )
  const [one, ...others] = [...new Map(same.map(person => [person.ownerId, person])).values()]
  if (one !== undefined && others.length === 0) return one
  const ids = one === undefined ? '' : [one, ...others].map(({ ownerId }) => ownerId).join(', ')
  throw new AppError(
    'usage/bad-argument',
    one === undefined
      ? `nobody of the pools has the id, email or name ${called}; pql pools lists them`
      : `${others.length + 1} people of the pools are called ${called}; give an id: ${ids}`,
    { person: called },
  )
}

async function ownedBy({ client }: Session, ownerId: string): Promise<readonly Owned[]> {
  const rows: Owned[] = []
  for (let total = 1; rows.length < total; ) {
    const page = await client['routing.owned']({ ownerId, offset: rows.length, limit: PAGE })
    total = page.rows.length === 0 ? 0 : page.total
    rows.push(...page.rows)
  }
  return rows
}

/** Teams as they are read, and who is to have the work; null: nobody. */
type Giving = Readonly<{ teams: Teams; to: Readonly<{ ownerId: string; name: string }> | null }>

async function move(session: Session, unitIds: readonly string[], giving: Giving): Promise<string> {
  const { teams, to } = giving
  const held = await heldTeams(session, unitIds, teams)
  const moves: Input<'routing.assign'>['moves'] = []
  for (const unitId of unitIds) {
    const { owner, destination } = await session.client['routing.explain']({ unitId })
    const team = held.get(unitId) ?? sharedOutTo({ unitId, owner, destination }, giving)
    moves.push({ unitId, team, owner: to?.ownerId ?? null })
  }
  const { changed } = await session.client['routing.assign']({ moves })
  const moved = counted(changed, 'workspace')
  const done = to === null ? `${moved} released` : `${moved} given to ${to.name}`
  if (changed > 0)
    note(
      'Owners, lists and files stay as they are until the next scores: pql score makes them, pql export writes them.',
    )
  return changed === unitIds.length ? done : `${done}, ${unitIds.length - changed} were so already`
}

type Routed = Pick<Output<'routing.explain'>, 'owner' | 'destination'> & Readonly<{ unitId: string }>

/** The team whose pool is to work a workspace that nobody holds; @throws AppError where no pool has it, or the CRM says who owns it */
function sharedOutTo({ unitId, owner, destination }: Routed, { teams, to }: Giving): string {
  const isPool = teams.some(({ team }) => team === owner.team)
  if (to !== null && isPool && owner.owner === null && owner.team !== null) return owner.team
  const who = owner.ownerName ?? owner.owner
  throw new AppError(
    'usage/bad-argument',
    who === null
      ? `${unitId} goes to ${destination} and is held by nobody of a pool; pools give out what goes to sdr or csm`
      : `${unitId} is ${who}'s because the CRM says so; change the owner there and import it`,
    { unitId },
  )
}

/** Teams of the assignments that workspaces have; who has none is not in it. Everybody's list is read once at most. */
async function heldTeams(
  session: Session,
  unitIds: readonly string[],
  teams: Teams,
): Promise<ReadonlyMap<string, string>> {
  const holders = teams.flatMap(({ members, others }) => [...members, ...others]).filter(({ assigned }) => assigned > 0)
  const wanted = new Set(unitIds)
  const held = new Map<string, string>()
  for (const ownerId of new Set(holders.map(holder => holder.ownerId))) {
    if (wanted.size === 0) break
    for (const { unitId, team } of await ownedBy(session, ownerId))
      if (team !== null && wanted.delete(unitId)) held.set(unitId, team)
  }
  return held
}

function poolsText({ weekFrom, weekTo, teams }: Pools): string {
  return [
    `Week ${weekFrom} to ${weekTo}. This week: given out in it, of the room in it. Assigned: held since any week. Owns: also because the CRM says so.`,
    ...teams.flatMap(poolLines),
  ].join('\n')
}

function poolLines({ team, members, others, overflowTo, overCapacity, waiting }: Pools['teams'][number]) {
  const rows = members.map(member => [
    member.ownerId,
    member.name ?? member.email ?? '',
    member.turn === null ? 'no room' : String(member.turn),
    `${member.takenThisWeek}${member.capacity === null ? '' : ` of ${member.capacity}`}`,
    String(member.assigned),
    String(member.owned),
  ])
  const outside = others.map(({ ownerId, name, isKnown, takenThisWeek, assigned }) => [
    ownerId,
    name ?? '',
    isKnown ? 'other team' : 'not known',
    String(takenThisWeek),
    String(assigned),
    '',
  ])
  const first = waiting.map(({ unitId, score }) => `${unitId} (${score.toFixed(1)})`).slice(0, 5)
  return [
    '',
    `${team} pool${overflowTo === null ? '' : `, overflow to ${overflowTo}`}`,
    rows.length + outside.length === 0
      ? 'Nobody.'
      : table([['owner', 'name', 'turn', 'this week', 'assigned', 'owns'], ...rows, ...outside]),
    ...(overCapacity === 0
      ? []
      : [`${overCapacity} wait for room: ${first.join(', ')}${overCapacity > 5 ? ', ...' : ''}`]),
  ]
}

function ownedText(rows: readonly Owned[]): string {
  if (rows.length === 0) return 'Nothing is owned.'
  const cells = rows.map(row => [
    row.unitId,
    row.unitName ?? '',
    row.score === null ? '' : row.score.toFixed(1),
    row.destination ?? 'not scored',
    row.team ?? 'by the CRM',
    row.since ?? '',
    row.standing,
  ])
  return table([['workspace', 'name', 'score', 'goes to', 'held for', 'since', ''], ...cells])
}
