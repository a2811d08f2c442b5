import type { Client } from '#contract/contract'
import { refreshSummary } from './project.ts'
import { assignmentsOf, type Moves, readPoolsAnew, usePools } from './routing-pools.ts'

/** Moves that one call takes. */
const MOST_AT_ONCE = 5000

type MoveClient = Pick<Client, 'routing.pools' | 'routing.owned' | 'routing.assign' | 'project.summary'>

/** Gives what is marked to a person; null: to nobody, so that the next scores share it out. */
export async function giveMarked(client: MoveClient, owner: string | null): Promise<number> {
  const { marked, work } = usePools.getState()
  const units = assignmentsOf(work).filter(({ unitId }) => marked.has(unitId))
  if (units.length === 0) return 0
  return await move(
    client,
    units.map(({ unitId, team }) => ({ unitId, team, owner })),
  )
}

/** Gives a unit that waits for room to a person. */
export async function giveWaiting(
  client: MoveClient,
  { unitId, team, owner }: Readonly<{ unitId: string; team: string; owner: string }>,
): Promise<number> {
  return await move(client, [{ unitId, team, owner }])
}

async function move(client: MoveClient, moves: Moves): Promise<number> {
  const before: Moves = []
  for (let at = 0; at < moves.length; at += MOST_AT_ONCE)
    before.push(...(await client['routing.assign']({ moves: moves.slice(at, at + MOST_AT_ONCE) })).before)
  if (before.length > 0) usePools.setState(({ past }) => ({ past: [...past, before] }))
  await readAnew(client)
  return before.length
}

/** Brings back what the last step gave away. */
export async function undoGiven(client: MoveClient): Promise<void> {
  const last = usePools.getState().past.at(-1)
  if (last === undefined) return
  for (let at = 0; at < last.length; at += MOST_AT_ONCE)
    await client['routing.assign']({ moves: last.slice(at, at + MOST_AT_ONCE) })
  usePools.setState(({ past }) => ({ past: past.slice(0, -1) }))
  await readAnew(client)
}

async function readAnew(client: MoveClient): Promise<void> {
  await Promise.all([readPoolsAnew(client), refreshSummary(client)])
}
