import { AppError } from '#lib/errors'
import { nearestNames } from '#lib/known-names'
import type { Session } from './engine.ts'
import type { Level } from './options.ts'
import { rowsOfUnits, type ScoreRow } from './score-rows.ts'

const MOST_NAMED = 10
/** Beyond it no name is looked for that is only spelt alike. */
const MOST_READ = 20_000

/**
 * Id of the workspace or account that is called so: by id, else by name, without case.
 *
 * @throws AppError usage/bad-argument where several bear the name; score/unknown-unit where none does, with those that come nearest
 */
export async function unitIdOf(session: Session, called: string, level: Level): Promise<string> {
  try {
    return (await session.client['score.unit']({ unitId: called, level })).row.unitId
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'score/unknown-unit') throw error
    return await idByName(session, called, level)
  }
}

async function idByName(session: Session, called: string, level: Level): Promise<string> {
  const rowsOf = async (search: string, most: number): Promise<readonly ScoreRow[]> => {
    const asked = { sort: 'score', descending: true, filter: { search }, level } as const
    const { columns } = await session.client['score.order'](asked)
    return columns.order.length > most ? [] : await rowsOfUnits(session, columns.order, level)
  }
  const alike = await rowsOf(called.slice(0, 200), MOST_READ)
  const named = alike.filter(row => nameOf(row).toLowerCase() === called.toLowerCase())
  const [one, other] = named
  if (one !== undefined && other === undefined) return one.unitId
  const context = { [level]: called }
  if (one !== undefined)
    throw new AppError(
      'usage/bad-argument',
      `${named.length} ${level}s are called ${called}; give an id: ${listed(named)}`,
      context,
    )
  const near = alike.length > 0 ? alike : await nearest(called, await rowsOf('', MOST_READ))
  const found = near.length === 0 ? '' : `; ${alike.length > 0 ? 'with it in their name' : 'nearest'}: ${listed(near)}`
  throw new AppError(
    'score/unknown-unit',
    `no ${level} in the newest scores has the id or name ${called}${found}`,
    context,
  )
}

function nearest(called: string, rows: readonly ScoreRow[]): readonly ScoreRow[] {
  const byName = Map.groupBy(rows, nameOf)
  return nearestNames(called, [...byName.keys()])
    .slice(0, 3)
    .flatMap(name => byName.get(name) ?? [])
}

function nameOf({ unitName, unitId }: ScoreRow): string {
  return unitName ?? unitId
}

function listed(rows: readonly ScoreRow[]): string {
  const named = rows.slice(0, MOST_NAMED).map(({ unitId, unitName, accountName, score }) => {
    const about = [unitName, accountName === unitName ? null : accountName, score.toFixed(1)]
    return `${unitId} (${about.filter(part => part !== null).join(', ')})`
  })
  return `${named.join('; ')}${rows.length > MOST_NAMED ? `; and ${rows.length - MOST_NAMED} more` : ''}`
}
