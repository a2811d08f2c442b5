import type { Result } from '#contract/contract'
import { countRows } from '#store'
import { contradictionsOf } from './contradictions.ts'
import { countsOf } from './counts.ts'
import { type Room, thresholdsOf, WATCH_BITS } from './room.ts'

type Overview = Result<'identity.overview'>

const STEPS_PER_BIT = 16
const MOST_REFUSED = 200

/** Where the four questions stand. */
export function overviewOf(room: Room, steps: Overview['steps']): Overview {
  const { desk } = room
  const { found } = desk
  const { users, workspaces, accounts } = countRows(room.db)
  const recorded = found.persons.filter(({ userIds }) => userIds.some(userId => desk.rowOf.has(userId)))
  const merged = found.persons.filter(({ userIds }) => userIds.length > 1)
  const refused = found.refusedIdentifiers.toSorted((a, b) => b.records - a.records)
  return {
    state: room.state,
    counts: countsOf(room),
    thresholds: thresholdsOf(room, 'persons'),
    records: { users, workspaces, accounts },
    persons: recorded.length,
    personsWithoutRecord: found.persons.length - recorded.length,
    mergedUsers: merged.reduce((sum, { userIds }) => sum + userIds.length, 0),
    mergedPersons: merged.length,
    compared: found.joined.compared,
    blocks: [...found.joined.blocks, ...found.workspaceBlocks].map(
      ({ kind, blocks, records, largest, pairsLeftOut }) => ({
        kind,
        blocks,
        records,
        largest,
        pairsLeftOut,
      }),
    ),
    refusedValues: refused.slice(0, MOST_REFUSED).map(value => ({ ...value })),
    refusedValuesTotal: refused.length,
    contradictions: [...contradictionsOf(room)],
    steps,
    ...histogramOf(room),
  }
}

/** Pairs of users per whole bit. */
function histogramOf({ desk }: Room): Pick<Overview, 'firstBin' | 'columns'> {
  const { steps } = desk.found.joined.edges
  const firstBin = WATCH_BITS
  const last = Math.floor((steps[0] ?? 0) / STEPS_PER_BIT)
  const histogram = new Uint32Array(Math.max(1, last - firstBin + 1))
  for (const own of steps) {
    const bin = Math.floor(own / STEPS_PER_BIT) - firstBin
    histogram[bin] = (histogram[bin] as number) + 1 // edges are sorted, none is weaker than the first bin
  }
  return { firstBin, columns: { histogram } }
}
