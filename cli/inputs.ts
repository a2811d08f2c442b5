import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#lib/errors'
import type { Session } from './engine.ts'
import { fromCaller, note } from './terminal.ts'

/** Files named on the command line must fit a table; those found in a named folder are skipped where they do not. */
type Input = Readonly<{ path: string; isNamed: boolean }>

/**
 * The files that an import takes: those named, and those of the named folders that fit a table. Files of a folder
 * that fit none are listed on stderr.
 *
 * @throws AppError usage/missing-file; import/no-table for a named file that fits none
 */
export async function chooseInputs(session: Session, named: readonly string[]): Promise<readonly string[]> {
  const inputs = named.flatMap(expand)
  if (inputs.length === 0)
    throw new AppError('usage/missing-file', `no files in ${named.join(', ')}`, { inputs: named.join(' ') })
  const { files } = await session.client['import.inspect'](
    { sources: inputs.map(input => input.path) },
    session.options,
  )
  return inputs
    .filter(({ path, isNamed }, i) => {
      const plan = files[i]
      if (plan?.table !== null || isNamed) return true
      note(`skipped ${path}: ${plan.reason}`)
      return false
    })
    .map(input => input.path)
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
