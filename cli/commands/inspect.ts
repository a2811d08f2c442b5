import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { AppError } from '#lib/errors'
import { TABLE_NAMES, TABLES, type TableName } from '#schema/tables'
import { type Session, withSession } from '../engine.ts'
import { type Inspection, inspectionText } from '../inspection.ts'
import { type MapOption, type ReadingOptions, withMapOption, withReadingOptions } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { readImportGround, readingFor } from '../steps.ts'
import { fromCaller, note, print } from '../terminal.ts'

type Options = ReadingOptions &
  MapOption &
  Readonly<{ project?: string; json?: true; writeMap?: string; table?: TableName; headOnly?: true }>
type FileView = Inspection['plan']

/** `pql inspect`: what an import would do with files and why, proved over all their rows. Nothing is loaded. */
export function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .description('say what an import would do with files, and why; nothing is loaded')
    .argument('<files or folders...>', 'exports to look at')
    .option('--project <file>', 'project whose remembered mappings apply')
  withMapOption(withReadingOptions(command))
    .option('--head-only', 'look at the beginning of each file only, prove nothing')
    .option('--write-map <file>', 'write the mapping that was found, to be changed and given to --map')
    .addOption(
      new Option('--table <table>', 'with --write-map: begin a mapping of files that fit no table as this one').choices(
        TABLE_NAMES,
      ),
    )
    .option('--json', 'print the result as JSON')
    .action(async (inputs: string[], options: Options) => {
      const ground = readImportGround(inputs, options)
      const look = async (session: Session): Promise<readonly Inspection[]> => {
        const reading = await readingFor(session, ground)
        const sources = ground.inputs.map(({ path }) => path)
        const { files } = await session.client['import.inspect']({ sources, ...reading }, session.options)
        const found = await proveAll(session, files, { ...reading, isHeadOnly: options.headOnly === true })
        return options.headOnly === true ? found : await withKeyDoubts(session, found, { sources, ...reading })
      }
      const { project } = options
      const found = await (project === undefined ? withSession(look) : withExistingProject(project, look))
      if (options.writeMap !== undefined) writeMap(options.writeMap, found, options.table)
      if (options.json === true) print(JSON.stringify({ files: found.map(jsonOf) }, null, 2))
      else print(found.map(inspectionText).join('\n\n'))
    })
}

type Reading = Awaited<ReturnType<typeof readingFor>> & Readonly<{ isHeadOnly: boolean }>

/** A file that cannot be proved to its end is told beside the others. */
async function proveAll(
  { client, options }: Session,
  files: readonly FileView[],
  { options: answers, isHeadOnly }: Reading,
): Promise<readonly Inspection[]> {
  const found: Inspection[] = []
  for (const plan of files) {
    const { source, entry, mapping } = plan
    if (isHeadOnly || mapping === undefined) {
      found.push({ plan, proof: null, fault: null, keyDoubts: [] })
      continue
    }
    const place = entry === undefined ? { source } : { source, entry }
    // A mapping that was given applies as it is; what was recognised is recognised again.
    const isGiven = plan.recognition?.by === 'mapping'
    try {
      const input = { ...place, ...(isGiven ? { mapping } : {}), options: answers }
      found.push({ plan, proof: await client['import.prove'](input, options), fault: null, keyDoubts: [] })
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'run/cancelled') throw error
      found.push({ plan, proof: null, fault: `${error.code}: ${error.message}`, keyDoubts: [] })
    }
  }
  return found
}

/** Files refer to each other by ids: which column these are, no file tells by itself. */
async function withKeyDoubts(
  { client, options }: Session,
  found: readonly Inspection[],
  input: Parameters<Session['client']['import.compareKeys']>[0],
): Promise<readonly Inspection[]> {
  const { doubts } = await client['import.compareKeys'](input, options)
  return found.map(each => {
    const { source, entry } = each.plan
    return { ...each, keyDoubts: doubts.filter(doubt => doubt.source === source && doubt.entry === entry) }
  })
}

function jsonOf({ plan, proof, fault, keyDoubts }: Inspection): unknown {
  const { source: _source, sample: _sample, proposals: _proposals, mapping, ...view } = plan
  const doubts = keyDoubts.map(({ source: _token, entry: _entry, ...doubt }) => doubt)
  return { ...view, tables: proof?.tables ?? [], mapping: proof?.mapping ?? mapping ?? null, keyDoubts: doubts, fault }
}

type Mapping = NonNullable<FileView['mapping']>

function writeMap(path: string, found: readonly Inspection[], table: TableName | undefined): void {
  const mappings = found.flatMap(({ plan, proof }) => proof?.mapping ?? plan.mapping ?? begunMapping(plan, table))
  if (mappings.length === 0) {
    const help = table === undefined ? 'say which with --table, such as --table users' : 'none has a header'
    throw new AppError('import/no-table', `no file fits a table, so there is no mapping to write to ${path}; ${help}`, {
      file: path,
    })
  }
  try {
    writeFileSync(fromCaller(path), `${JSON.stringify({ version: 1, mappings }, null, 2)}\n`)
  } catch (cause) {
    throw new AppError('store/read-only', `${path} cannot be written`, { file: path }, { cause })
  }
  note(`wrote ${mappings.length} ${mappings.length === 1 ? 'mapping' : 'mappings'} to ${path}`)
  for (const { source, tables } of mappings)
    for (const lacking of tables.map(missingFields).filter(text => text !== ''))
      note(`${path}: ${source} has no column for ${lacking}; name one under "from"`)
}

/** What was found for a table that was chosen, and its required fields that nothing was found for: they are to be filled in. */
function begunMapping({ file, columns, recordsAt, proposals = [] }: FileView, table: TableName | undefined): Mapping[] {
  if (table === undefined || columns.length === 0) return []
  const found = proposals.find(proposal => proposal.table === table) ?? { table, fields: [] }
  const known = new Set(found.fields.map(({ field }) => field))
  const open = requiredOf(table).filter(field => !known.has(field))
  const fields = [...open.map(field => ({ field, from: [], combine: 'first' as const })), ...found.fields]
  const headers = columns.map(({ header }) => header)
  return [{ source: file, headers, ...(recordsAt === undefined ? {} : { recordsAt }), tables: [{ ...found, fields }] }]
}

/** Required fields that nothing is read for, as text. */
function missingFields({ table, fields }: Mapping['tables'][number]): string {
  const filled = new Set(fields.flatMap(({ field, from, constant }) => (from.length > 0 || constant ? [field] : [])))
  return requiredOf(table)
    .filter(field => !filled.has(field))
    .join(', ')
}

function requiredOf(table: TableName): readonly string[] {
  return Object.entries(TABLES[table].columns).flatMap(([name, { required }]) => (required === true ? [name] : []))
}
