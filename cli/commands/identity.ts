import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { withSession } from '../engine.ts'
import { readNamed, withExistingProject } from '../project.ts'
import { countsText, queueHeads, queueText, reconfirmText } from '../queue-text.ts'
import { fromCaller, note, print, table } from '../terminal.ts'
import { tiesText } from '../ties-text.ts'
import { addWords } from './identity-words.ts'

type RecordOptions = Readonly<{
  project?: string
  proposeWeights?: true
  records?: string
  fields?: string
  out?: string
  overwrite?: true
  json?: true
}>
type EvaluateOptions = Readonly<{ truth: string; records?: string; fields?: string; clusters?: string; json?: true }>
type Evaluated = Output<'identity.evaluate'>
type Judgement = Evaluated['auto']['judgement']

/** `pql identity`: which records of any table are one; `pql identity evaluate`: how that compares with the truth. */
export function addIdentity(program: Command): void {
  const command = program
    .command('identity')
    .description('who is who in a project, or in any table of people or organisations')
    .option(
      '--project <file>',
      'project file: shows where its questions stand; with --out writes persons, links, accounts and sign-ups',
    )
    .option('--records <file>', 'table of records: CSV, JSON or JSON lines')
    .option('--fields <file>', 'JSON file that says which column has which role')
    .option('--out <folder>', 'folder to write files into; with --project alone nothing is written')
    .option('--propose-weights', 'also write the weights that the data suggest; none is changed')
    .option('--overwrite', 'replace files of the folder that no earlier run wrote')
    .option('--json', 'print the result as JSON')
    .action(async (options: RecordOptions) => {
      const { project, out, overwrite: replaces, proposeWeights: proposes } = options
      if (project !== undefined) {
        const isShown = out === undefined && replaces === undefined && proposes === undefined
        return isShown ? await showProject(project, options) : await exportProject(project, options)
      }
      const records = demand(options.records, '--records <file>')
      const fields = readNamed(demand(options.fields, '--fields <file>'))
      const target = fromCaller(demand(options.out, '--out <folder>'))
      const overwrite = options.overwrite === true
      const proposeWeights = options.proposeWeights === true
      const result = await withSession(session =>
        session.client['identity.records'](
          { records: fromCaller(records), fields, target, proposeWeights, overwrite },
          session.options,
        ),
      )
      for (const sentence of result.unused) note(sentence)
      print(options.json === true ? JSON.stringify(result, null, 2) : recordSummary(result))
    })
  addEvaluate(command)
  addSources(command)
  addValues(command)
  addWords(command)
}

type ValueOptions = Readonly<{ project?: string; block?: string[]; allow?: string[]; json?: true }>
type SharedValue = Output<'identity.values'>['blocked'][number]
const VALUE_KINDS: readonly SharedValue['kind'][] = ['email', 'device_id', 'anonymous_id', 'sso_subject', 'contact_id']

/** `pql identity values`: values that identify nobody, whatever the lists say. */
function addValues(command: Command): void {
  const kinds = VALUE_KINDS.join(', ')
  command
    .command('values')
    .description('say which values identify nobody in a project, block more of them or allow them again')
    .option('--block <kind=value...>', `values that are to identify nobody; kinds are ${kinds}`)
    .option('--allow <kind=value...>', 'values that may identify somebody again')
    .action(async (_options: unknown, values: Command) => {
      const { project, block = [], allow = [], json } = values.optsWithGlobals<ValueOptions>()
      const wanted = [
        ...block.map(text => ({ ...valueNamed(text), isBlocked: true })),
        ...allow.map(text => ({ ...valueNamed(text), isBlocked: false })),
      ]
      const { blocked } = await withExistingProject(demand(project, '--project <file>'), async session => {
        for (const one of wanted) await session.client['identity.setValue'](one, session.options)
        return await session.client['identity.values']({}, session.options)
      })
      if (json === true) print(JSON.stringify({ blocked }, null, 2))
      else if (blocked.length === 0) print('No value is blocked.')
      else print(table([['kind', 'value'], ...blocked.map(({ kind, value }) => [kind, value])]))
    })
}

function valueNamed(text: string): SharedValue {
  const at = text.indexOf('=')
  const kind = VALUE_KINDS.find(known => known === text.slice(0, Math.max(0, at)))
  const value = text.slice(at + 1)
  if (kind !== undefined && value !== '') return { kind, value }
  throw new AppError('usage/bad-argument', `"${text}" is no kind=value; kinds are ${VALUE_KINDS.join(', ')}`, { text })
}

/** `pql identity sources`: which records are believed first where those of a person differ. */
function addSources(command: Command): void {
  command
    .command('sources')
    .description('say, or set with --order, which records are believed first where those of a person differ')
    .option('--order <sources>', 'user (records of the product) and contact (of the CRM), the first one first')
    .action(async (_options: unknown, sources: Command) => {
      const { project, order, json } = sources.optsWithGlobals<SourceOptions>()
      const wanted = order?.split(',').map(source => sourceNamed(source.trim()))
      const result = await withExistingProject(demand(project, '--project <file>'), session =>
        wanted === undefined
          ? session.client['identity.sources']({}, session.options)
          : session.client['identity.setSources']({ order: wanted }, session.options),
      )
      print(json === true ? JSON.stringify(result, null, 2) : `Believed first to last: ${result.order.join(', ')}`)
    })
}

type SourceOptions = Readonly<{ project?: string; order?: string; json?: true }>
type Source = Output<'identity.sources'>['order'][number]

function sourceNamed(text: string): Source {
  if (text === 'user' || text === 'contact') return text
  throw new AppError('usage/bad-argument', `there is no source "${text}"; the sources are user and contact`, {
    option: '--order',
  })
}

async function showProject(project: string, { json }: RecordOptions): Promise<void> {
  const result = await withExistingProject(project, async session => {
    const { counts } = await session.client['identity.overview']({}, session.options)
    return { counts, questions: await queueHeads(session, counts) }
  })
  print(json === true ? JSON.stringify(result, null, 2) : queueText(result.counts, result.questions))
}

async function exportProject(project: string, { out, overwrite, proposeWeights, json }: RecordOptions): Promise<void> {
  const target = fromCaller(demand(out, '--out <folder>'))
  const { result, again } = await withExistingProject(project, async session => {
    const written = await session.client['identity.export'](
      { target, overwrite: overwrite === true, proposeWeights: proposeWeights === true },
      session.options,
    )
    return { result: written, again: reconfirmText(await queueHeads(session, written.counts)) }
  })
  print(json === true ? JSON.stringify(result, null, 2) : projectSummary(result, again))
}

function projectSummary({ folder, files, counts, ties }: Output<'identity.export'>, again: readonly string[]): string {
  return [
    countsText(counts),
    '',
    ...tiesText(ties),
    ...again,
    `${files.map(({ name, rows: count }) => `${name} (${count})`).join(', ')} in ${folder}`,
  ].join('\n')
}

function addEvaluate(command: Command): void {
  command
    .command('evaluate')
    .description(
      'compare clusters with the truth: those of --records and --fields, or those of a folder written before',
    )
    .requiredOption('--truth <file>', 'table with the columns record_id and cluster_id')
    .option('--clusters <folder>', 'folder that pql identity wrote, instead of --records')
    .action(async (_options: unknown, evaluate: Command) => {
      // The options of the command above are taken before the name of this one is seen.
      const options = evaluate.optsWithGlobals<EvaluateOptions>()
      const { clusters, records, fields } = options
      const input =
        clusters === undefined
          ? {
              records: fromCaller(demand(records, '--records <file>, or --clusters <folder>')),
              fields: readNamed(demand(fields, '--fields <file>')),
            }
          : { clusters: fromCaller(clusters) }
      const result = await withSession(session =>
        session.client['identity.evaluate']({ truth: fromCaller(options.truth), ...input }, session.options),
      )
      print(options.json === true ? JSON.stringify(result, null, 2) : evaluationSummary(result))
    })
}

function demand(value: string | undefined, option: string): string {
  if (value !== undefined) return value
  throw new AppError('usage/bad-argument', `${option} is missing`, { option })
}

function recordSummary(result: Output<'identity.records'>): string {
  const { withoutKey, repeatedKeys, broken } = result.leftOut
  const rows = [
    ['clusters', 'number', 'merged records', 'largest'],
    ...(['auto', 'review'] as const).map(band => {
      const { clusters, mergedRecords, largest } = result[band]
      return [band === 'auto' ? 'auto' : 'auto and review', ...[clusters, mergedRecords, largest].map(String)]
    }),
  ]
  const blocks = [
    ['compared because of', 'blocks', 'largest', 'split', 'pairs left out'],
    ...result.blocks.map(({ kind, blocks: count, largest, split, pairsLeftOut }) => [
      kind,
      ...[count, largest, split, pairsLeftOut].map(String),
    ]),
  ]
  const leftOut = withoutKey + repeatedKeys + broken
  return [
    `${result.records} records, ${result.pairs} pairs compared, ${result.further.toFixed(2)} further records per entity expected`,
    ...(leftOut === 0
      ? []
      : [`Left out: ${withoutKey} without a key, ${repeatedKeys} with a repeated key, ${broken} not readable`]),
    '',
    table(rows),
    '',
    table(blocks),
    '',
    `${result.files.map(({ name, rows: count }) => `${name} (${count})`).join(', ')} in ${result.folder}`,
  ].join('\n')
}

function evaluationSummary({ auto, review, unjudged, curve }: Evaluated): string {
  const head = ['', 'precision', 'recall', 'F1']
  const lines = (judgement: Judgement): string[][] =>
    (['pairwise', 'bCubed', 'cluster'] as const).map(kind => {
      const { precision, recall, f1 } = judgement[kind]
      return [kind === 'bCubed' ? 'B-cubed' : kind, shown(precision), shown(recall), shown(f1)]
    })
  const parts = [
    ...(unjudged === 0 ? [] : [`Not judged: ${unjudged} records of the truth without a cluster_id`, '']),
    `Auto (${auto.judged} records judged, ${auto.missing} missing)`,
    table([head, ...lines(auto.judgement)]),
  ]
  if (review !== null) parts.push('', 'Auto and review', table([head, ...lines(review.judgement)]))
  if (curve.length > 0) parts.push('', 'By threshold (pairwise)', curveTable(curve))
  return parts.join('\n')
}

function curveTable(curve: Evaluated['curve']): string {
  const rows = curve.map(({ bits, clusters, mergedRecords, largest, refused, judgement }) => {
    const { precision = null, recall = null, f1 = null } = judgement?.pairwise ?? {}
    const counts = [bits, clusters, mergedRecords, largest, refused].map(String)
    return [...counts, shown(precision), shown(recall), shown(f1)]
  })
  return table([['bits', 'clusters', 'merged', 'largest', 'refused', 'precision', 'recall', 'F1'], ...rows])
}

function shown(share: number | null): string {
  return share === null ? '-' : share.toFixed(4)
}
