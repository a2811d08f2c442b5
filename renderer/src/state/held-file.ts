import type { Client } from '#contract/contract'
import { AppError } from '#lib/errors'
import { readingsOf } from '#schema/encodings'
import type { HandedFile, ShellApi } from '../platform/shell-api.ts'
import { handOver } from './hand-over.ts'
import { type HeldDone, refreshHeld } from './held-apply.ts'
import { type HeldEncodingAsk, NO_FILE, useHeldFile } from './held-drop.ts'
import { forgetFix } from './held-fix.ts'
import type { HeldGroup } from './held-group.ts'
import { runJob } from './jobs.ts'

/** Takes the corrected files of held rows out of those that were dropped. @returns the others */
export async function takeHeldFiles(
  client: Pick<Client, 'held.recognise' | 'held.load'>,
  files: readonly HandedFile[],
): Promise<readonly HandedFile[]> {
  const { sources } = await client['held.recognise']({ sources: files.map(file => file.token) })
  if (sources.length === 0) return files
  useHeldFile.setState({ waiting: [...useHeldFile.getState().waiting, ...sources] })
  if (useHeldFile.getState().source === null) await nextFile(client)
  return files.filter(file => !sources.includes(file.token))
}

/** Loads the file at hand and goes on to the next one. */
export async function loadHeldFile(client: Client, shell: Pick<ShellApi, 'releaseFiles'>): Promise<HeldDone> {
  const { source, encoding } = useHeldFile.getState()
  if (source === null) return []
  const input = { source, ...(encoding === null ? {} : { encoding }) }
  const { done } = await runJob('Load corrected rows', options => client['held.load'](input, options))
  forgetFix()
  await Promise.all([closeHeldFile(client, shell), refreshHeld(client)])
  return done
}

/** Gives the file at hand up and goes on to the next one. */
export async function closeHeldFile(
  client: Pick<Client, 'held.load'>,
  shell: Pick<ShellApi, 'releaseFiles'>,
): Promise<void> {
  const { source } = useHeldFile.getState()
  useHeldFile.setState(NO_FILE)
  if (source !== null) await shell.releaseFiles([source])
  await nextFile(client)
}

/** Writes held rows, of a rule or of all, into a folder of its own. Null: no folder was chosen. */
export async function downloadHeld(
  client: Pick<Client, 'held.export'>,
  shell: ShellApi,
  what: Readonly<{ project: string; group: HeldGroup | null; importId: number | null }>,
): Promise<Readonly<{ rows: number; folder: string }> | null> {
  const place = await shell.newExport(what.project)
  if (place === null) return null
  const { group, importId } = what
  const chosen = group === null ? (importId === null ? {} : { importId }) : ruleOf(group)
  const name = 'held_rows.csv'
  const written = await runJob('Write held rows', options =>
    client['held.export']({ ...chosen, target: place.token, name }, options),
  )
  await handOver(shell, place.token, name)
  return { rows: written.rows, folder: place.folder }
}

function ruleOf({ importId, code, column }: HeldGroup): { importId: number; code: string; column: string } {
  return { importId, code, column }
}

/** Reads the file at hand in the encoding that was chosen for it. */
export async function answerHeldEncoding(client: Pick<Client, 'held.load'>, encoding: string): Promise<void> {
  const { source } = useHeldFile.getState()
  if (source !== null) await readFile(client, source, encoding)
}

async function nextFile(client: Pick<Client, 'held.load'>): Promise<void> {
  const [source, ...waiting] = useHeldFile.getState().waiting
  if (source === undefined) return
  useHeldFile.setState({ ...NO_FILE, source, waiting })
  await readFile(client, source, null)
}

async function readFile(client: Pick<Client, 'held.load'>, source: string, encoding: string | null): Promise<void> {
  const input = { source, dryRun: true, ...(encoding === null ? {} : { encoding }) }
  try {
    const plan = await runJob('Read corrected rows', options => client['held.load'](input, options))
    useHeldFile.setState({ plan, encoding, ask: null })
  } catch (error) {
    const ask = askOf(error)
    if (ask !== null) useHeldFile.setState({ ask })
    else {
      // After a wrong answer the question stays.
      if (encoding === null) useHeldFile.setState(NO_FILE)
      throw error
    }
  }
}

function askOf(error: unknown): HeldEncodingAsk | null {
  if (!(error instanceof AppError) || error.code !== 'import/ambiguous') return null
  const { file, flag } = error.context
  const readings = readingsOf(error.context)
  if (flag !== '--encoding' || readings.length === 0) return null
  return { file: String(file ?? ''), readings }
}
