import type { Client, Output } from '#contract/contract'
import { POOL_TEAMS } from '#schema/policy'

type Row = Output<'score.unit'>['row']
type Names = 'pools' | 'owned' | 'assign'
type Assignment = Readonly<{ unitId: string; team: string; owner: string; sinceRun: number | null }>

const PEOPLE = [
  { ownerId: 'rep_1', name: 'Maren Holbeck', team: 'SDR', capacity: 12 },
  { ownerId: 'rep_2', name: 'Tunde Alabi', team: 'SDR', capacity: 2 },
  { ownerId: 'rep_3', name: 'Isolde Farkas', team: 'SDR', capacity: 0 },
  { ownerId: 'csm_1', name: 'Owen Pritchett', team: 'CSM', capacity: null },
]
const teamOf: Readonly<Record<string, string>> = { sdr: 'SDR', csm: 'CSM' }

/** Work of the pools that is given away as the engine would: the first of each pool has all of it. */
export function routingWorkHandlers(rows: readonly Row[]): Pick<Client, `routing.${Names}`> {
  const routed = rows.filter(({ destination }) => teamOf[destination] !== undefined)
  let given: readonly Assignment[] = routed.slice(2).map(({ unitId, destination }) => ({
    unitId,
    team: teamOf[destination] ?? '',
    owner: destination === 'sdr' ? 'rep_1' : 'csm_1',
    sinceRun: 1,
  }))
  const holds = (owner: string): readonly Assignment[] => given.filter(own => own.owner === owner)
  const lasting = ({ unitId, team }: Pick<Assignment, 'unitId' | 'team'>): Assignment | undefined =>
    given.find(own => own.unitId === unitId && own.team === team)
  return {
    'routing.pools': async () => ({
      weekFrom: '2026-05-25',
      weekTo: '2026-05-31',
      teams: POOL_TEAMS.map(team => ({
        team,
        members: PEOPLE.filter(person => person.team === team).map(({ ownerId, name, capacity }, i) => ({
          ownerId,
          name,
          email: `${ownerId}@quonsetly.com`,
          capacity,
          takenThisWeek: Math.min(holds(ownerId).length, capacity ?? 9),
          assigned: holds(ownerId).length,
          owned: holds(ownerId).length,
          turn: capacity === 0 ? null : i + 1,
        })),
        overflowTo: team === 'SDR' ? 'AE' : null,
        others:
          team === 'SDR'
            ? [{ ownerId: 'gone_1', name: null, team: null, isKnown: false, assigned: 2, takenThisWeek: 0 }]
            : [],
        overCapacity: team === 'SDR' ? 2 : 0,
        waiting:
          team === 'SDR'
            ? routed
                .slice(0, 2)
                .flatMap(({ unitId, unitName, score }) =>
                  lasting({ unitId, team }) === undefined ? [{ unitId, unitName, score }] : [],
                )
            : [],
      })),
    }),
    'routing.owned': async ({ ownerId, offset = 0, limit = 200 }) => {
      const own = holds(ownerId)
      return {
        total: own.length,
        rows: own.slice(offset, offset + limit).map(({ unitId, team }) => {
          const row = rows.find(known => known.unitId === unitId)
          return {
            unitId,
            unitName: row?.unitName ?? null,
            accountName: row?.accountName ?? null,
            score: row?.score ?? null,
            stage: row?.stage ?? null,
            destination: row?.destination ?? null,
            team,
            since: '2026-05-31',
            standing: 'in use' as const,
          }
        }),
      }
    },
    'routing.assign': async ({ moves }) => {
      const before = moves.map(({ unitId, team }) => ({
        unitId,
        team,
        owner: lasting({ unitId, team })?.owner ?? null,
        sinceRun: lasting({ unitId, team })?.sinceRun ?? null,
      }))
      const isMoved = new Set(moves.map(({ unitId, team }) => `${unitId} ${team}`))
      given = [
        ...given.filter(({ unitId, team }) => !isMoved.has(`${unitId} ${team}`)),
        ...moves.flatMap(({ unitId, team, owner, sinceRun }) =>
          owner === null ? [] : [{ unitId, team, owner, sinceRun: sinceRun ?? 1 }],
        ),
      ]
      return { changed: moves.length, before }
    },
  }
}
