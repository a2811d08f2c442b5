import { type Command, Option } from 'commander'
import type { Input, Output } from '#contract/contract'
import { addedCounts } from '#contract/held-counts'
import { AppError } from '#lib/errors'
import type { HeldFix } from '#schema/held'
import type { Session } from '../engine.ts'
import { type FixOptions, fixOf } from '../held-fix.ts'
import { tablesOf, toldOnce } from '../held-lines.ts'
import { knownLines } from '../known-fixes.ts'
import { withExistingProject } from '../project.ts'
import { counted, fromCaller, note, print, table } from '../terminal.ts'

type Options = Readonly<{ project: string; import?: string; json?: true }>
type ListOptions = Options & Readonly<{ applyKnown?: true; all?: true }>
type RuleOptions = Options & Readonly<{ rule?: string; column?: string }>
type ExportOptions = RuleOptions & Readonly<{ out: string; overwrite?: true }>
type FixCommand = RuleOptions & FixOptions & Readonly<{ rule: string; dryRun?: true }>
type Groups = Output<'held.groups'>
type Group = Groups['groups'][number]
type Listed = Groups & Readonly<{ known: Output<'held.known'>['fixes'] }>
type Outcome = Output<'held.preview'>
type Done = Output<'held.fix'>['done'][number]
type Fixed = Readonly<{ outcome: Outcome; done: readonly Done[] }>

/** `pql held`: rows that could not be loaded, by rule; to be written to a file, fixed once per rule, and loaded again. */
export function addHeld(program: Command): void {
  const command = program
    .command('held')
    .description(
      'list the rows that could not be loaded by rule; fix them, or write them to a file and load it corrected',
    )
    .requiredOption('--project <file>', 'project file')
    .option('--import <id>', 'only the rows that this import held')
    .option('--apply-known', 'fix or leave out again what was fixed or left out in an older import of the same source')
    .option('--all', 'list also rows that a newer import of the same source has again')
    .option('--json', 'print JSON')
    .action(async (options: ListOptions) => {
      if (options.applyKnown === true) {
        printFixed(options, await withExistingProject(options.project, session => applyKnown(session, options)))
        return
      }
      const found = await withExistingProject(options.project, async session => ({
        ...(await groupsOf(session, options)),
        known: (await session.client['held.known'](importOf(options))).fixes,
      }))
      print(options.json === true ? JSON.stringify(found, null, 2) : listText(found, options))
    })
  addHeldExport(command)
  addHeldFix(command)
  addHeldLoad(command)
}

function addHeldExport(command: Command): void {
  command
    .command('export')
    .description('write held rows as CSV: their columns, then _error_file to _error_row')
    .requiredOption('--out <file>', 'file to write')
    .option('--rule <code>', 'only the rows of a rule')
    .option('--column <name>', 'only the rows at fault in a column')
    .option('--overwrite', 'replace the file where it is there already')
    .action(async (_own: unknown, child: Command) => {
      const options = child.optsWithGlobals<ExportOptions>()
      const { out, rule, column } = options
      const written = await withExistingProject(options.project, session =>
        session.client['held.export'](
          {
            ...importOf(options),
            ...(rule === undefined ? {} : { code: rule }),
            ...(column === undefined ? {} : { column }),
            target: fromCaller(out),
            overwrite: options.overwrite === true,
          },
          session.options,
        ),
      )
      if (options.json === true) print(JSON.stringify({ file: out, ...written }, null, 2))
      else print(`${counted(written.rows, 'held row')} written to ${out}`)
      if (written.cellsMadeHarmless > 0)
        note(`${counted(written.cellsMadeHarmless, 'cell')} that a spreadsheet would run got a leading apostrophe`)
    })
}

function addHeldFix(command: Command): void {
  command
    .command('fix')
    .description('fix all rows that a rule holds, and load those that are good then')
    .requiredOption('--rule <code>', 'rule that holds the rows')
    .option('--column <name>', 'column at fault, where the rule holds rows for several')
    .option('--value <text>', 'only rows with this value; with --to')
    .option('--to <text>', 'what the cell is to say')
    .option('--empty', 'leave the cell empty')
    .option('--date-format <format>', 'dmy, mdy, excel, epoch_s, epoch_ms, epoch_us, epoch_ns, or a pattern: DD.MM.YY')
    .addOption(new Option('--decimal <character>', 'decimal separator of the numbers').choices(['.', ',']))
    .option('--pad', 'take missing fields as empty')
    .option('--cut', 'leave out fields beyond those of the header')
    .option('--plain-quotes', 'take quotes as plain characters')
    .option('--as-record', 'load what looks like a total as it is')
    .option('--leave-out', 'leave the rows out for good')
    .option('--take-back', 'hold rows again that were left out')
    .option('--dry-run', 'say what it would come to, and change nothing')
    .action(async (_own: unknown, child: Command) => {
      const options = child.optsWithGlobals<FixCommand>()
      const fix = fixOf(options)
      const result = await withExistingProject(options.project, session => runFix(session, options, fix))
      printFixed(options, result)
    })
}

function addHeldLoad(command: Command): void {
  command
    .command('load')
    .description('load a corrected file of held rows: changed rows are judged again, the others stay held')
    .argument('<file>', 'file that pql held export wrote, corrected')
    .option('--encoding <name>', 'encoding of the file, where it is not UTF-8')
    .option('--dry-run', 'say what it would come to, and change nothing')
    .action(async (file: string, own: Readonly<{ dryRun?: true; encoding?: string }>, child: Command) => {
      const options = child.optsWithGlobals<Options & Readonly<{ dryRun?: true }>>()
      const { dryRun, encoding } = own
      const input = {
        source: fromCaller(file),
        dryRun: dryRun === true,
        ...(encoding === undefined ? {} : { encoding }),
      }
      const result = await withExistingProject(options.project, session =>
        session.client['held.load'](input, session.options),
      )
      if (options.json === true) {
        print(JSON.stringify(result, null, 2))
        return
      }
      print(loadText(result))
      for (const newer of result.superseded ?? []) note(supersededText(newer))
      if (result.mended !== undefined)
        note(
          `${counted(result.mended, 'cell')} rewritten by a spreadsheet (digits, days); what was read from the file stays`,
        )
      if (result.ignoredColumns.length > 0)
        note(`columns that no imported file has, left out: ${result.ignoredColumns.join(', ')}`)
      printFixed(options, result)
    })
}

function importOf(options: Options): { importId?: number } {
  if (options.import === undefined) return {}
  const importId = Number(options.import)
  if (Number.isSafeInteger(importId) && importId > 0) return { importId }
  throw new AppError(
    'usage/bad-argument',
    `--import ${options.import} is no number of an import; pql held lists them`,
    {
      option: '--import',
      value: options.import,
    },
  )
}

async function groupsOf({ client }: Session, options: Options): Promise<Groups> {
  return await client['held.groups'](importOf(options))
}

/** What was done before, rule by rule: each is an import or a step of its own, and can be taken back by itself. */
async function applyKnown(session: Session, options: Options): Promise<Fixed> {
  const { fixes } = await session.client['held.known'](importOf(options))
  const changes = fixes.map(({ importId, code, column, effect }) => {
    return { kind: 'known' as const, importId, code, column, effect }
  })
  const fixed = await fixAll(session, changes, false)
  if (fixed !== null) return fixed
  throw new AppError(
    'usage/bad-argument',
    'no row is held of which the same was fixed before; pql held lists what is held',
    {
      option: '--apply-known',
    },
  )
}

/** The fix for every import that has such rows, one after the other. */
async function runFix(session: Session, options: FixCommand, fix: HeldFix): Promise<Fixed> {
  const groups = chosenGroups(await groupsOf(session, options), options, fix)
  const changes = groups.map(({ importId, code, column }) => ({ kind: 'rule' as const, importId, code, column, fix }))
  const fixed = await fixAll(session, changes, options.dryRun === true)
  if (fixed === null) throw new Error('at least one rule was found')
  return fixed
}

type Change = Input<'held.fix'>['change']

/** One change after the other, or what they would come to. @returns null where there is none */
async function fixAll(
  { client, options }: Session,
  changes: readonly Change[],
  isDryRun: boolean,
): Promise<Fixed | null> {
  let outcome: Outcome | null = null
  const done: Done[] = []
  for (const change of changes) {
    const fixed = isDryRun
      ? { outcome: await client['held.preview']({ change }, options), done: [] }
      : await client['held.fix']({ change }, options)
    outcome = outcome === null ? fixed.outcome : added(outcome, fixed.outcome)
    done.push(...fixed.done)
  }
  return outcome === null ? null : { outcome, done }
}

function chosenGroups({ groups }: Groups, { rule, column }: FixCommand, fix: HeldFix): readonly Group[] {
  const state = fix.kind === 'take-back' ? 'left-out' : 'held'
  const ofRule = groups.filter(group => group.state === state && group.code === rule)
  const found = ofRule.filter(group => column === undefined || group.column === column)
  const context = { rule, column: column ?? null }
  if (found.length === 0) {
    const rules = [...new Set(groups.filter(group => group.state === state).map(group => named(group)))]
    const others = rules.length === 0 ? `no rows are ${state}` : `there are ${rules.join(', ')}`
    throw new AppError(
      'usage/bad-argument',
      `no row is ${state} by ${rule}${column === undefined ? '' : ` in ${column}`}; ${others}`,
      context,
    )
  }
  const columns = [...new Set(found.map(group => group.column))]
  if (columns.length === 1) return found
  throw new AppError(
    'usage/bad-argument',
    `${rule} holds rows for ${columns.join(', ')}; say which by --column`,
    context,
  )
}

const named = ({ code, column }: Pick<Group, 'code' | 'column'>): string =>
  column === '' ? code : `${code} in ${column}`

function added(sum: Outcome, next: Outcome): Outcome {
  return { ...sum, ...addedCounts(sum, next), rules: [...sum.rules, ...next.rules] }
}

function printFixed(options: Readonly<{ json?: true; dryRun?: true }>, { outcome, done }: Fixed): void {
  if (options.json === true) print(JSON.stringify({ outcome, done }, null, 2))
  else print(outcomeText(outcome, done, options.dryRun === true))
}

function listText({ known, ...found }: Listed, { all }: ListOptions): string {
  const lines = knownLines(known)
  const offer = ['', 'Fixed or left out before; pql held --apply-known does the same again:', ...lines]
  return [groupsText(found, all === true), ...(lines.length === 0 ? [] : offer)].join('\n')
}

function importsOf(same: readonly Pick<Group, 'importId'>[]): string {
  return `import${same.length === 1 ? '' : 's'} ${same.map(({ importId }) => importId).join(', ')}`
}

function groupsText({ groups, imports, records }: Groups, isAll: boolean): string {
  const origins = new Map(imports.map(({ importId, file, table }) => [importId, { file, table }]))
  const lines = groups.map(group => ({ ...group, ...(origins.get(group.importId) ?? { file: '', table: '' }) }))
  const held = toldOnce(lines.filter(({ state }) => state === 'held'))
  const totals = imports.map(({ importId, file, table, held: now, fixed, leftOut, superseded }) => [
    String(importId),
    file,
    table,
    ...[now, fixed, leftOut, superseded].map(String),
  ])
  if (totals.length === 0) return 'No import holds a row.'
  const rules = held.flatMap(same => {
    const [{ file, count, code, column, message }] = same
    const whose = same.length === 1 ? importsOf(same) : `${importsOf(same)}: ${tablesOf(same)}`
    return [`  ${file} (${whose}): ${count} x ${named({ code, column })}`, `    ${message}`]
  })
  const aside = toldOnce(lines.filter(({ state }) => state === 'left-out')).map(same => {
    const [{ file, count, code, column }] = same
    return `  ${file} (${importsOf(same)}): ${count} x ${named({ code, column })}`
  })
  const again = lines
    .filter(({ state }) => isAll && state === 'superseded')
    .map(({ file, count, code, column, importId, supersededBy }) => {
      const by = `import${supersededBy.length > 1 ? 's' : ''} ${supersededBy.join(', ')}`
      return `  ${file} (import ${importId}): ${count} x ${named({ code, column })}, superseded by ${by}`
    })
  return [
    table([['import', 'file', 'table', 'held', 'fixed', 'left out', 'superseded'], ...totals]),
    ...(imports.reduce((sum, each) => sum + each.held, 0) > records
      ? [`${counted(records, 'record')} held: one that feeds several tables is held by the import of each.`]
      : []),
    ...(rules.length === 0 ? [] : ['', 'Held, with the first row of each rule:', ...rules]),
    ...(aside.length === 0 ? [] : ['', 'Left out:', ...aside]),
    ...(again.length === 0 ? [] : ['', 'In a newer import of the same source again:', ...again]),
  ].join('\n')
}

function outcomeText(outcome: Outcome, done: readonly Done[], isDryRun: boolean): string {
  const { rows, loads, skipsBy, holds, unaffected, leftOut, takenBack, rules, samples } = outcome
  const parts = [
    [loads, isDryRun ? 'would load' : 'loaded'],
    [skipsBy.blank, 'blank and skipped'],
    [skipsBy.otherTable, 'of another table and skipped'],
    [skipsBy.known, 'said before and skipped'],
    [holds, isDryRun ? 'would still be held' : 'still held'],
    [unaffected, 'with another value, left alone'],
    [leftOut, 'left out'],
    [takenBack, 'held again'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`)
  const imports = done.flatMap(({ importId, file, loaded, same, skipped }) =>
    importId === null
      ? []
      : [
          `  import ${importId} of rows of ${file}: ${loaded} loaded${same === 0 ? '' : `, ${same} of them known`}${skipped === 0 ? '' : `, ${skipped} skipped`}`,
        ],
  )
  return [
    `${counted(rows, 'row')}${told.length === 0 ? '' : `: ${told.join(', ')}`}`,
    ...rules.map(({ count, code, column, message }) => `  ${count} x ${named({ code, column })}: ${message}`),
    ...(isDryRun ? sampleLines(samples, rows - unaffected) : []),
    ...imports,
  ].join('\n')
}

function sampleLines(samples: Outcome['samples'], rows: number): readonly string[] {
  const more = rows - samples.length
  return [...samples.map(sampleText), ...(more > 0 && samples.length > 0 ? [`  and ${more} more`] : [])]
}

function sampleText({ line, before, after, message }: Outcome['samples'][number]): string {
  return after === null ? `  line ${line}: ${message ?? before}` : `  line ${line}: "${before}" is read as "${after}"`
}

function supersededText({ importId, rows, held }: NonNullable<Output<'held.load'>['superseded']>[number]): string {
  const parts = [
    [rows - held, 'loaded or settled there'],
    [held, 'still held there'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`)
  return `${counted(rows, 'row')} superseded by import ${importId}, nothing changed: ${told.join(', ')}`
}

function loadText({ file, rows, corrected, untouched, notHeld, repeated, broken, lines }: Output<'held.load'>): string {
  const parts = [
    [corrected, 'corrected'],
    [untouched, 'as they were'],
    [notHeld, 'not held now'],
    [repeated, 'repeated'],
    [broken, 'not readable'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`)
  const where = lines.length === 0 ? '' : ` (line ${lines.join(', ')})`
  return `${file}: ${counted(rows, 'row')}${told.length === 0 ? '' : `: ${told.join(', ')}`}${where}`
}
