import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Output } from '#contract/contract'
import { physicalFiles } from '#contract/physical-files'
import { AppError } from '#lib/errors'
import { canAsk, isAgreedTo } from './agreement.ts'
import { noteAnswers } from './answers.ts'
import type { Session } from './engine.ts'
import { chooseInputs } from './inputs.ts'
import { withProject } from './project.ts'
import { type ImportGround, type ImportOutput, readingFor } from './steps.ts'
import { counted, note } from './terminal.ts'

export type ImportMode = 'upsert' | 'append' | 'replace'
export type StagedBatch = Output<'import.stage'>
export type PendingBatch = NonNullable<Output<'import.pending'>['batch']>

/** Reads the files and says what publishing them would do. */
export async function stageImport(session: Session, ground: ImportGround, mode: ImportMode): Promise<StagedBatch> {
  const reading = await readingFor(session, ground)
  const chosen = await chooseInputs(session, ground, reading)
  const staged = await session.client['import.stage']({ ...chosen, ...reading, mode }, session.options)
  noteAnswers(staged.files, ground.options)
  return staged
}

/** The import that waits, or was broken off. */
export async function pendingBatch(session: Session): Promise<PendingBatch | null> {
  return (await session.client['import.pending']({})).batch
}

/** @throws AppError import/no-batch where none waits */
export async function demandPending(session: Session): Promise<PendingBatch> {
  const batch = await pendingBatch(session)
  if (batch === null) throw new AppError('import/no-batch', 'no import waits in this project')
  return batch
}

/** Forgets a batch that is being looked at only, and says what failed where something else did. */
export async function discardBatch(session: Session, batchId: string): Promise<void> {
  await session.client['import.discard']({ batchId })
}

/** Publishes a batch; where rows would leave their table, only after that was agreed to. */
export async function publishBatch(
  session: Session,
  batch: StagedBatch,
  { mode, isAgreed }: Readonly<{ mode: ImportMode; isAgreed: boolean }>,
): Promise<ImportOutput> {
  if (mode === 'replace') await agree(batch, isAgreed)
  for (const text of mode === 'append' ? [] : emptiedNotes(batch)) note(text)
  const modes = batch.files
    .filter(file => !file.alreadyImported && file.modes.includes(mode))
    .map(({ importId }) => ({ importId, mode }))
  return await session.client['import.publish']({ batchId: batch.batchId, modes }, session.options)
}

/** What blank cells of the files take away. */
function emptiedNotes({ files }: StagedBatch): readonly string[] {
  return files.flatMap(({ file, table, emptied }) =>
    emptied.map(({ column, rows }) => `${file}: empties ${column} in ${counted(rows, 'row')} of ${table}`),
  )
}

/** Rows that replacing would take out of each table: of a table that several files feed, once. */
function leaving({ files }: StagedBatch): ReadonlyMap<string, number> {
  const replacing = files.filter(({ modes, missing }) => modes.includes('replace') && missing > 0)
  return new Map(replacing.map(({ table, missing }) => [table, missing]))
}

/** @throws AppError usage/bad-argument where nobody can be asked; run/cancelled where the answer is no */
async function agree(batch: StagedBatch, isAgreed: boolean): Promise<void> {
  const rows = [...leaving(batch)].map(([table, count]) => `${count} of ${table}`).join(', ')
  if (rows === '' || isAgreed) return
  const what = `rows that the files do not have leave their tables: ${rows}`
  if (!canAsk())
    throw new AppError('usage/bad-argument', `--mode replace: ${what}; add --yes to go on, or look with --dry-run`)
  if (await isAgreedTo(`${what}. They can be brought back by undo. Go on?`)) return
  throw new AppError('run/cancelled', 'not agreed to; nothing was imported')
}

/** Says that what waited is lost by the import that begins. */
export async function noteDiscarded(session: Session): Promise<void> {
  const batch = await pendingBatch(session)
  if (batch === null) return
  note(`an import of ${filesText(batch)} that was not finished is discarded; --resume would have gone on with it`)
}

/** The files by name, each once: one that feeds several tables is in a batch once per table. */
export function filesText({
  files,
}: Readonly<{ files: readonly Readonly<{ file: string; table: string; bytes: number }>[] }>): string {
  const [first] = files
  const others = physicalFiles(files).length - 1
  if (first === undefined) return 'no files'
  return others === 0 ? first.file : `${first.file} and ${others} more`
}

/** Works on a project that nobody sees and that goes afterwards. */
export async function withScratchProject<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-dry-run-'))
  try {
    return await withProject(join(folder, 'dry-run.pql'), work)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Records of a page when all are asked for. */
const PAGE = 500

/** A batch with every record whose id comes again, as far as they are kept, in the place of the first ones. */
export async function withAllSkipped(session: Session, batch: StagedBatch): Promise<StagedBatch> {
  const files: StagedBatch['files'] = []
  for (const file of batch.files) {
    const repeated = await allRows(session, file, 'repeated')
    const differingCopies = await allRows(session, file, 'differingCopies')
    files.push({ ...file, samples: { ...file.samples, repeated, differingCopies } })
  }
  return { ...batch, files }
}

type Kind = 'repeated' | 'differingCopies'
type Rows = StagedBatch['files'][number]['samples'][Kind]

async function allRows({ client }: Session, file: StagedBatch['files'][number], kind: Kind): Promise<Rows> {
  if (file.alreadyImported || file[kind] <= file.samples[kind].length) return file.samples[kind]
  const rows: Rows = []
  for (let after: number | null = 0; after !== null; ) {
    const page: Output<'import.diff'> = await client['import.diff']({
      importId: file.importId,
      kind,
      after,
      limit: PAGE,
    })
    rows.push(...page.rows)
    after = page.next
  }
  return rows
}
