import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Input as ContractInput } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Session } from './engine.ts'
import { fromCaller, note } from './terminal.ts'

/** Files named on the command line must fit a table; those found in a named folder are skipped where they do not. */
export type Input = Readonly<{ path: string; isNamed: boolean }>

/**
 * The files that an import takes: those named, and those of the named folders that fit a table. Files of a folder
 * that fit none are listed on stderr.
 *
 * @param reading answers and mappings, as the import gets them
 */
export async function chooseInputs(
  session: Session,
  inputs: readonly Input[],
  reading: Omit<ContractInput<'import.inspect'>, 'sources'>,
): Promise<readonly string[]> {
  const sources = inputs.map(input => input.path)
  const { files } = await session.client['import.inspect']({ sources, ...reading }, session.options)
  return inputs
    .filter(({ path, isNamed }) => {
      // An archive has one plan per file in it.
      const plans = files.filter(({ source }) => source === path)
      if (isNamed || plans.some(({ table }) => table !== null)) return true
      note(`skipped ${path}: ${plans[0]?.reason ?? 'it holds no file'}`)
      return false
    })
    .map(input => input.path)
}

/** The files that were named, and those in the folders that were. @throws AppError usage/missing-file */
export function findInputs(named: readonly string[]): readonly Input[] {
  const inputs = named.flatMap(expand)
  if (inputs.length > 0) return inputs
  throw new AppError('usage/missing-file', `no files in ${named.join(', ')}`, { inputs: named.join(' ') })
}

function expand(named: string): readonly Input[] {
  const path = fromCaller(named)
  if (!existsSync(path)) throw new AppError('usage/missing-file', `${named} does not exist`, { file: named })
  if (!statSync(path).isDirectory()) return [{ path, isNamed: true }]
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => entry.name)
    .sort()
    .map(name => ({ path: join(path, name), isNamed: false }))
}
