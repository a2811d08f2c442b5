import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Input as ContractInput, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { encodingNamed } from '#schema/encodings'
import { noteMappings } from './answers.ts'
import type { Session } from './engine.ts'
import { fromCaller, note } from './terminal.ts'

/** Files named on the command line must fit a table; those found in a named folder are skipped where they do not. */
export type Input = Readonly<{ path: string; isNamed: boolean }>

type LeftOut = NonNullable<ContractInput<'import.run'>['leaveOut']>
type Chosen = { sources: string[]; leaveOut: LeftOut }
type Wanted = Readonly<{ inputs: readonly Input[]; leaveOut: readonly string[] }>

/**
 * The files that an import takes: those named, and those of the named folders that fit a table. Files of a folder
 * that fit none are listed on stderr.
 *
 * @param wanted `leaveOut`: files of archives, by their path in it, with or without the archive before it
 * @param reading answers and mappings, as the import gets them
 * @throws AppError usage/missing-file where a file to leave out is in none of the archives; import/no-table where no file is left
 */
export async function chooseInputs(
  session: Session,
  { inputs, leaveOut }: Wanted,
  reading: Omit<ContractInput<'import.inspect'>, 'sources'>,
): Promise<Chosen> {
  const paths = inputs.map(input => input.path)
  const { files } = await session.client['import.inspect']({ sources: paths, ...reading }, session.options)
  const sources = inputs
    .filter(({ path, isNamed }) => {
      // An archive has one plan per file in it.
      const plans = files.filter(({ source }) => source === path)
      if (isNamed || plans.some(({ table }) => table !== null)) return true
      note(`skipped ${path}: ${plans[0]?.reason ?? 'it holds no file'}`)
      return false
    })
    .map(input => input.path)
  if (sources.length === 0)
    throw new AppError('import/no-table', 'no file in the folder fits a table: the reason of each stands above')
  noteEncoding(files, reading.options?.encoding)
  noteMappings(files, reading.mappings?.map(({ mapping }) => mapping) ?? [])
  const unwanted = leaveOut.flatMap(name => namedEntries(files, name)).filter(({ source }) => sources.includes(source))
  return { sources, leaveOut: unwanted }
}

type Inspected = Output<'import.inspect'>['files']

/** An encoding that is named for all files is that of those which are not UTF-8: which these are is said. */
function noteEncoding(files: Inspected, encoding: string | undefined): void {
  const known = files.filter(({ table }) => table !== null)
  if (encoding === undefined || known.length < 2) return
  const named = encodingNamed(encoding)
  const names = (isTaken: boolean): string =>
    known
      .filter(plan => isTaken === (plan.encoding === named))
      .map(({ file }) => file)
      .join(', ')
  const [taken, others] = [names(true), names(false)]
  if (others === '' || named === 'utf-8') return
  note(
    `--encoding ${encoding} is that of ${taken === '' ? 'no file' : taken}; ${others}: UTF-8 or UTF-16, read as such`,
  )
}

/** @throws AppError usage/missing-file */
function namedEntries(files: Inspected, name: string): LeftOut {
  const found = files.flatMap(({ source, file, entry }) =>
    entry !== undefined && (entry === name || file === name) ? [{ source, entry }] : [],
  )
  if (found.length > 0) return found
  throw new AppError('usage/missing-file', `--leave-out ${name}: no archive has that file`, { file: name })
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
  return readdirSync(path)
    .filter(name => !name.startsWith('.'))
    .sort()
    .map(name => join(path, name))
    .filter(isNoFolder)
    .map(inside => ({ path: inside, isNamed: false }))
}

/** Links are followed. What is neither file nor folder is looked at like a file, which says what is wrong with it. */
function isNoFolder(path: string): boolean {
  if (!existsSync(path) || !statSync(path).isDirectory()) return true
  note(`skipped ${path}: it is a folder; name it to import what is in it`)
  return false
}
