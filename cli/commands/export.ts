import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Input } from '#contract/contract'
import { AppError } from '#lib/errors'
import { deliverySummary, dryRunSummary } from '../delivery-summary.ts'
import type { Session } from '../engine.ts'
import { type Level, levelOption } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { runExport } from '../steps.ts'
import { exportSummary } from '../summary.ts'
import { fromCaller, note, print } from '../terminal.ts'

type Wish = Input<'export.dryRun'>
type Preset = Wish['preset']
type Options = Readonly<{
  project: string
  out?: string
  json?: true
  overwrite?: true
  level?: Level
  preset: readonly Preset[]
  delta?: true
  dryRun?: true
  again?: true
  coolDown?: string
  workspaceAs?: 'object' | 'company' | 'contact'
  leadsAs?: 'lead' | 'contact'
  pipeline?: string
  dealStage?: string
  leadStatus?: string
}>

/** Presets that leave a choice where the fields of a workspace go. */
const WORKSPACE_PRESETS: readonly Preset[] = ['hubspot', 'attio']
const PRESETS: readonly Preset[] = ['hubspot', 'salesforce', 'attio', 'generic']

/** `pql export`: the lists and ledgers of the newest run, or the files of a CRM, as files. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the lists and ledgers of the newest scores, or with --preset the files of a CRM')
    .requiredOption('--project <file>', 'project file')
    .option('--out <folder>', 'folder for the files; needed but for a dry run')
    .option('--overwrite', 'replace files of the folder that no earlier export wrote')
    .addOption(levelOption('which scores are written; lists alone'))
    .addOption(
      new Option(
        '--preset <crm>',
        `write what a CRM imports: ${PRESETS.join(', ')}; several, such as hubspot,attio, each in a folder of its own`,
      )
        .argParser(presetsIn)
        .default([], 'lists and ledgers'),
    )
    .option('--dry-run', 'with --preset: say what would be made, updated and held, and write nothing')
    .option('--delta', 'with --preset: only what changed since its last export')
    .option('--again', 'with --preset: also tasks, deals and notes that were handed over before')
    .option(
      '--cool-down <days>',
      'with --preset: days in which nobody gets a second task for a workspace (default: 14)',
    )
    .addOption(
      new Option(
        '--workspace-as <where>',
        'HubSpot, Attio: where the fields of a workspace go (default: company in HubSpot, object in Attio)',
      ).choices(['object', 'company', 'contact']),
    )
    .addOption(
      new Option('--leads-as <what>', 'Salesforce: what new people become (default: lead)').choices([
        'lead',
        'contact',
      ]),
    )
    .option('--pipeline <name>', 'HubSpot: pipeline of new deals')
    .option('--deal-stage <name>', 'stage of new deals')
    .option('--lead-status <name>', 'Salesforce: status of new leads')
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      if (options.preset.length === 0) await exportLists(options)
      else await exportPresets(options)
    })
}

async function exportLists(options: Options): Promise<void> {
  if (options.dryRun === true || options.delta === true)
    throw new AppError('usage/bad-argument', '--dry-run and --delta need --preset', { option: '--preset' })
  const out = demandOut(options)
  const result = await withExistingProject(options.project, session => runExport(session, out, options))
  print(options.json === true ? JSON.stringify(result, null, 2) : exportSummary(result))
}

async function exportPresets(options: Options): Promise<void> {
  demandPlaceOfWorkspaces(options)
  const wishes = options.preset.map(preset => wishOf(options, preset))
  if (options.dryRun === true) {
    const tried = await withExistingProject(options.project, async ({ client, options: call }) =>
      inOrder(wishes, wish => client['export.dryRun'](wish, call)),
    )
    return print(options.json === true ? json(tried) : dryRunSummary(tried))
  }
  const out = fromCaller(demandOut(options))
  const done = await withExistingProject(options.project, session => deliverAll(session, out, { options, wishes }))
  const named = done.map((one, i) => [wishes[i]?.preset ?? '', one] as const)
  print(options.json === true ? json(done) : deliverySummary(named))
}

/** One answer as it is, several as a list. */
const json = (answers: readonly unknown[]): string =>
  JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2)

type Deliveries = Readonly<{ options: Options; wishes: readonly Wish[] }>

/** Several go into folders of their own, all of which are looked at before the first is written. */
async function deliverAll({ client, options: call }: Session, out: string, { options, wishes }: Deliveries) {
  const overwrite = options.overwrite === true
  const folders = wishes.map(({ preset }) => ({ target: wishes.length === 1 ? out : join(out, preset), overwrite }))
  await inOrder(folders, async folder => client['export.check'](folder))
  const written: string[] = []
  try {
    return await inOrder(wishes, async (wish, i) => {
      const done = await client['export.deliver']({ ...(folders[i] ?? { target: out, overwrite }), ...wish }, call)
      written.push(done.folder)
      return done
    })
  } catch (error) {
    if (written.length > 0) note(`Written before that: ${written.join(', ')}`)
    throw error
  }
}

/** One at a time: the engine runs one job. */
async function inOrder<T, R>(items: readonly T[], run: (item: T, place: number) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  for (const [place, item] of items.entries()) results.push(await run(item, place))
  return results
}

function demandOut({ out }: Options): string {
  if (out === undefined) throw new AppError('usage/bad-argument', '--out <folder> is missing', { option: '--out' })
  return out
}

/** Once each, in the order in which they are named first: `hubspot,attio`, or the option repeated. */
function presetsIn(text: string, before: readonly Preset[]): readonly Preset[] {
  const named = text.split(',').map(name => {
    const known = PRESETS.find(preset => preset === name.trim())
    if (known === undefined) throw new InvalidArgumentError(`"${name.trim()}" is none of ${PRESETS.join(', ')}.`)
    return known
  })
  return [...new Set([...before, ...named])]
}

function demandPlaceOfWorkspaces({ workspaceAs, preset }: Options): void {
  if (workspaceAs === undefined || preset.some(own => WORKSPACE_PRESETS.includes(own))) return
  throw new AppError(
    'usage/bad-argument',
    `--workspace-as is for ${WORKSPACE_PRESETS.join(' and ')}, not for ${preset.join(' and ')}`,
    { option: '--workspace-as', value: workspaceAs },
  )
}

function wishOf(options: Options, preset: Preset): Wish {
  const { coolDown, leadsAs, pipeline, dealStage, leadStatus } = options
  const workspaceAs = WORKSPACE_PRESETS.includes(preset) ? options.workspaceAs : undefined
  const coolDownDays = coolDown === undefined ? undefined : Number(coolDown)
  if (coolDownDays !== undefined && !(Number.isInteger(coolDownDays) && coolDownDays >= 0 && coolDownDays <= 3650))
    throw new AppError('usage/bad-argument', `--cool-down ${coolDown} is no number of days from 0 to 3650`, {
      option: '--cool-down',
      value: coolDown ?? null,
    })
  const given = { coolDownDays, workspaceAs, leadsAs, pipeline, dealStage, leadStatus }
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { preset, delta: options.delta === true, again: options.again === true, ...known }
}
