import type { Output } from '#contract/contract'
import type { Session } from './engine.ts'
import type { Level } from './options.ts'

export type ScoreRow = Output<'score.rows'>['rows'][number]

const PAGE = 500

/** Rows of units of the newest run, in the order of their numbers. */
export async function rowsOfUnits(
  { client }: Pick<Session, 'client'>,
  unitNos: Uint32Array,
  level: Level = 'workspace',
): Promise<readonly ScoreRow[]> {
  const rows: ScoreRow[] = []
  for (let at = 0; at < unitNos.length; at += PAGE)
    rows.push(...(await client['score.rows']({ unitNos: [...unitNos.subarray(at, at + PAGE)], level })).rows)
  return rows
}
