import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { withSession } from '../engine.ts'
import { readNamed, withExistingProject } from '../project.ts'
import { fromCaller, print, table } from '../terminal.ts'

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
    .option('--project <file>', 'project file: writes persons, workspace links, accounts and sign-up matches')
    .option('--records <file>', 'table of records: CSV, JSON or JSON lines')
    .option('--fields <file>', 'JSON file that says which column has which role')
    .option('--out <folder>', 'folder to write into')
    .option('--propose-weights', 'also write the weights that the data suggest; none is changed')
    .option('--overwrite', 'replace files of the folder that no earlier run wrote')
    .option('--json', 'print the result as JSON')
    .action(async (options: RecordOptions) => {
      if (options.project !== undefined) return await exportProject(options.project, options)
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
      print(options.json === true ? JSON.stringify(result, null, 2) : recordSummary(result))
    })
  addEvaluate(command)
}

async function exportProject(project: string, { out, overwrite, proposeWeights, json }: RecordOptions): Promise<void> {
  const target = fromCaller(demand(out, '--out <folder>'))
  const result = await withExistingProject(project, session =>
    session.client['identity.export'](
      { target, overwrite: overwrite === true, proposeWeights: proposeWeights === true },
      session.options,
    ),
  )
  print(json === true ? JSON.stringify(result, null, 2) : projectSummary(result))
}

function projectSummary({ folder, files, counts }: Output<'identity.export'>): string {
  const bands = ['auto', 'review', 'ambiguous', 'decided', 'reconfirm'] as const
  const rows = counts.map(own => [own.question, ...bands.map(band => String(own[band]))])
  return [
    table([['question', ...bands], ...rows]),
    '',
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

function evaluationSummary({ auto, review, curve }: Evaluated): string {
  const head = ['', 'precision', 'recall', 'F1']
  const lines = (judgement: Judgement): string[][] =>
    (['pairwise', 'bCubed', 'cluster'] as const).map(kind => {
      const { precision, recall, f1 } = judgement[kind]
      return [kind === 'bCubed' ? 'B-cubed' : kind, shown(precision), shown(recall), shown(f1)]
    })
  const parts = [
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
