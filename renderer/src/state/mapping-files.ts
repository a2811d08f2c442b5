import type { Client } from '#contract/contract'
import { AppError } from '#lib/errors'
import { useImports } from './imports.ts'
import { runJob } from './jobs.ts'
import { entryOf, give, keyOf, mappingOf, useBoard } from './mapping-board.ts'

/**
 * Reads the files on the board by the mappings of a file, each by the first that fits it.
 *
 * @returns how many files are read by them
 * @throws AppError usage/bad-mapping where the text is no file of mappings, or none of them fits
 */
export async function takeMappings(
  client: Pick<Client, 'import.readMappings' | 'import.inspect'>,
  json: string,
): Promise<number> {
  const { mappings } = await client['import.readMappings']({ json })
  const { plan } = useImports.getState()
  const sources = [...new Set(plan.map(({ source }) => source))]
  const offered = mappings.map(mapping => ({ mapping }))
  const { files } = await runJob('Try the mappings', options =>
    client['import.inspect']({ sources, mappings: offered }, options),
  )
  const names = new Set(mappings.map(({ source }) => source))
  const fitted = files.filter(({ recognition, origin }) => recognition?.by === 'mapping' && names.has(origin ?? ''))
  let taken = 0
  for (const file of plan) {
    const mapping = fitted.find(found => keyOf(found) === keyOf(file))?.mapping
    if (mapping === undefined) continue
    give(file, mapping)
    taken++
  }
  if (taken > 0) return taken
  throw new AppError('usage/bad-mapping', 'none of the mappings fits a file here: they read headers that these lack')
}

/** The mappings of the board as a file that `pql import --map` and this screen read; null where no file feeds a table. */
export function mappingsText(): string | null {
  const board = useBoard.getState()
  const all = useImports.getState().plan.flatMap(file => mappingOf(file, entryOf(board, file)) ?? [])
  // A table that was chosen by hand may have no field yet.
  const mappings = all.filter(({ tables }) => tables.every(({ fields }) => fields.length > 0))
  return mappings.length === 0 ? null : `${JSON.stringify({ version: 1, mappings }, null, 2)}\n`
}
