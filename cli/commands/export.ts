import { type Command, Option } from 'commander'
import type { Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { type Level, levelOption } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { runExport } from '../steps.ts'
import { exportSummary } from '../summary.ts'
import { fromCaller, print, table } from '../terminal.ts'

type Preset = Input<'export.dryRun'>['preset']
type Options = Readonly<{
  project: string
  out?: string
  json?: true
  overwrite?: true
  level?: Level
  preset?: Preset
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
    .addOption(new Option('--preset <crm>', 'write what a CRM imports').choices(PRESETS))
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
      if (options.preset === undefined) await exportLists(options)
      else await exportPreset(options, wishOf(options, options.preset))
    })
}

async function exportLists(options: Options): Promise<void> {
  if (options.dryRun === true || options.delta === true)
    throw new AppError('usage/bad-argument', '--dry-run and --delta need --preset', { option: '--preset' })
  const out = demandOut(options)
  const result = await withExistingProject(options.project, session => runExport(session, out, options))
  print(options.json === true ? JSON.stringify(result, null, 2) : exportSummary(result))
}

async function exportPreset(options: Options, wish: Input<'export.dryRun'>): Promise<void> {
  if (options.dryRun === true) {
    const tried = await withExistingProject(options.project, async ({ client, options: call }) =>
      client['export.dryRun'](wish, call),
    )
    return print(options.json === true ? JSON.stringify(tried, null, 2) : dryRunSummary(tried))
  }
  const target = fromCaller(demandOut(options))
  const done = await withExistingProject(options.project, async ({ client, options: call }) =>
    client['export.deliver']({ target, overwrite: options.overwrite === true, ...wish }, call),
  )
  print(options.json === true ? JSON.stringify(done, null, 2) : deliverySummary(done))
}

function demandOut({ out }: Options): string {
  if (out === undefined) throw new AppError('usage/bad-argument', '--out <folder> is missing', { option: '--out' })
  return out
}

function wishOf(options: Options, preset: Preset): Input<'export.dryRun'> {
  const { coolDown, workspaceAs, leadsAs, pipeline, dealStage, leadStatus } = options
  if (workspaceAs !== undefined && !WORKSPACE_PRESETS.includes(preset))
    throw new AppError(
      'usage/bad-argument',
      `--workspace-as is for ${WORKSPACE_PRESETS.join(' and ')}, not for ${preset}`,
      {
        option: '--workspace-as',
        value: workspaceAs,
      },
    )
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

const COUNTS = [
  'create',
  'update',
  'unchanged',
  'notHandedOver',
  'held',
  'matchedTwice',
  'withoutOwner',
  'overLimit',
  'unknownOption',
] as const
const HEADS = [
  'made',
  'updated',
  'unchanged',
  'not handed over',
  'held',
  'matched twice',
  'without owner',
  'over a limit',
  'unknown option',
]
const SHOWN_SORTS = 12
const SHOWN_KEYS = 3

function dryRunSummary(tried: Output<'export.dryRun'>): string {
  const rows = tried.objects.map(own => [own.title, ...COUNTS.map(name => String(own[name]))])
  const sorts = findingLines(tried.findings)
  const unlisted = tried.findingsTotal - tried.findings.length
  const shown = sorts.slice(0, SHOWN_SORTS)
  const hidden = sorts.length - shown.length
  const more = [
    ...(hidden === 0 ? [] : [`  and ${hidden} more sorts of finding; --json lists all of them`]),
    ...(unlisted === 0 ? [] : [`  and ${unlisted} findings that are not listed`]),
  ]
  return [
    `${tried.preset}: ${tried.units} workspaces`,
    '',
    table([['', ...HEADS], ...rows]),
    ...(tried.coolingDown === 0 ? [] : ['', `${tried.coolingDown} tasks, deals and notes wait for the cool-down.`]),
    ...(shown.length === 0 ? [] : ['', 'To look at:', ...shown, ...more]),
    '',
    'Nothing was written.',
  ].join('\n')
}

/** One line per sort of finding, with the first records that have it: what stands once is not lost among what is everywhere. */
function findingLines(findings: Output<'export.dryRun'>['findings']): readonly string[] {
  const keysOf = new Map<string, string[]>()
  for (const { object, key, text } of findings) {
    const sort = `${object}: ${text}`
    const keys = keysOf.get(sort)
    if (keys === undefined) keysOf.set(sort, [key])
    else keys.push(key)
  }
  return Array.from(keysOf, ([sort, keys]) => {
    const first = keys.slice(0, SHOWN_KEYS).join(', ')
    return `  ${keys.length} x ${sort} (${first}${keys.length > SHOWN_KEYS ? ', ...' : ''})`
  })
}

function deliverySummary(done: Output<'export.deliver'>): string {
  const { created, updated, unchanged, held, coolingDown } = done
  return [
    exportSummary(done),
    '',
    `${created} made, ${updated} updated, ${unchanged} unchanged and left out, ${held} held, ${coolingDown} waiting for the cool-down`,
  ].join('\n')
}
