import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Session } from '../engine.ts'
import { withExistingProject } from '../project.ts'
import { print, table } from '../terminal.ts'

type Listed = Output<'import.list'>['imports'][number]
/** Without `heldAgain`, which is not known before of imports that can be asked about only once others are undone. */
type Undone = Omit<Output<'import.undo'>, 'heldAgain'>
type Options = Readonly<{ project: string; import?: string; dryRun?: true; json?: true }>

const SHOWN_IMPORTS = 12

/** `pql undo`: takes imports back, the last one first. */
export function addUndo(program: Command): void {
  program
    .command('undo')
    .description('take back the newest import, all files that were imported together')
    .requiredOption('--project <file>', 'project file')
    .option('--import <id>', 'one file only, by the number that pql info shows; the newest of its table')
    .option('--dry-run', 'print what would be taken back, and change nothing')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const undone = await withExistingProject(options.project, async session => {
        const { imports } = await session.client['import.list']({})
        const chosen = options.import === undefined ? newestBatch(imports) : [demandImport(imports, options.import)]
        return options.dryRun === true ? await describe(session, chosen) : await undo(session, chosen)
      })
      if (options.json === true) print(JSON.stringify({ undone, dryRun: options.dryRun === true }, null, 2))
      else print(undoText(undone, options.dryRun === true))
    })
}

/** The files of the newest import that counts, the last one first. @throws AppError import/not-undoable */
function newestBatch(imports: readonly Listed[]): readonly Listed[] {
  const published = imports.filter(({ undoneAt }) => undoneAt === null)
  const [newest] = published
  if (newest === undefined) throw new AppError('import/not-undoable', 'the project has no import to undo')
  return published.filter(({ batchId }) => batchId === newest.batchId)
}

/** @throws AppError import/not-undoable */
function demandImport(imports: readonly Listed[], id: string): Listed {
  const found = imports.find(({ importId }) => String(importId) === id)
  if (found !== undefined) return found
  const known = imports.slice(0, SHOWN_IMPORTS).map(({ importId, file }) => `${importId} (${file})`)
  const rest = imports.length > known.length ? ' and older ones' : ''
  const what = known.length === 0 ? 'nothing was imported yet' : `the numbers are ${known.join(', ')}${rest}`
  throw new AppError('import/not-undoable', `the project has no import ${id}: ${what}`, { import: id })
}

async function undo(session: Session, chosen: readonly Listed[]): Promise<readonly Undone[]> {
  const undone: Undone[] = []
  for (const { importId } of chosen)
    undone.push(withoutHeld(await session.client['import.undo']({ importId }, session.options)))
  return undone
}

function withoutHeld({ heldAgain: _heldAgain, ...undone }: Output<'import.undo'>): Undone {
  return undone
}

/** Only the first can be asked for while the others stand; of those, what they brought is what would go. */
async function describe(session: Session, chosen: readonly Listed[]): Promise<readonly Undone[]> {
  const [first, ...others] = chosen
  if (first === undefined) return []
  const asked = await session.client['import.undo']({ importId: first.importId, dryRun: true }, session.options)
  return [withoutHeld(asked), ...others.map(broughtBy)]
}

function broughtBy({ importId, file, table: name, added, changed, removed, held }: Listed): Undone {
  const isEvents = name === 'events'
  return {
    importId,
    file,
    table: name,
    takenOut: isEvents ? 0 : added,
    changedBack: changed,
    broughtBack: removed,
    events: isEvents ? added : 0,
    held,
  }
}

function undoText(undone: readonly Undone[], isDryRun: boolean): string {
  const head = ['import', 'file', 'table', 'taken out', 'changed back', 'brought back', 'events', 'held']
  const rows = undone.map(({ importId, file, table: name, takenOut, changedBack, broughtBack, events, held }) => [
    String(importId),
    file,
    name,
    ...[takenOut, changedBack, broughtBack, events, held].map(String),
  ])
  return [
    table([head, ...rows]),
    '',
    isDryRun ? 'Nothing was written.' : 'Undone. Scores made with it are stale.',
  ].join('\n')
}
