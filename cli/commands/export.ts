import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Input } from '#contract/contract'
import { AppError, type ErrorCode } from '#lib/errors'
import { canAsk, isAgreedTo } from '../agreement.ts'
import { deliverySummary, dryRunSummary, foreseen } from '../delivery-summary.ts'
import type { Session } from '../engine.ts'
import { EXIT_STALE } from '../exit.ts'
import { type Level, levelOption } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { noteStaleExport } from '../stale-scores.ts'
import { runExport } from '../steps.ts'
import { exportSummary } from '../summary.ts'
import { fromCaller, note, print } from '../terminal.ts'

type Wish = Input<'export.dryRun'>
type Preset = Wish['preset']
type Options = Readonly<{
  project: string
  out?: string
  json?: true
  failOn?: 'stale'
  overwrite?: true
  level?: Level
  preset: readonly Preset[]
  delta?: true
  dryRun?: true
  again?: true
  yes?: true
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
export function addExport(program: Command, setExit: (code: number) => void): void {
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
    .option('--yes', 'with --preset: do not ask on a terminal before the files are written')
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
    .addOption(
      new Option(
        '--fail-on <what>',
        'stale: write nothing and end with code 3 where the scores are older than the data, the model or the answers',
      ).choices(['stale']),
    )
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const isDone = await (options.preset.length === 0 ? exportLists(options) : exportPresets(options))
      if (!isDone) setExit(EXIT_STALE)
    })
}

/** Says whether the scores are old; false: they are, and an export of such is not wanted. */
async function isWanted(session: Session, { failOn, level }: Options): Promise<boolean> {
  const isStale = await noteStaleExport(session, level)
  if (!isStale || failOn !== 'stale') return true
  note('Nothing was written, as --fail-on stale asks.')
  return false
}

async function exportLists(options: Options): Promise<boolean> {
  if (options.dryRun === true || options.delta === true)
    throw new AppError('usage/bad-argument', '--dry-run and --delta need --preset', { option: '--preset' })
  const out = demandOut(options)
  const result = await withExistingProject(options.project, async session =>
    (await isWanted(session, options)) ? await runExport(session, out, options) : null,
  )
  if (result !== null) print(options.json === true ? JSON.stringify(result, null, 2) : exportSummary(result))
  return result !== null
}

async function exportPresets(options: Options): Promise<boolean> {
  demandPlaceOfWorkspaces(options)
  const wishes = options.preset.map(preset => wishOf(options, preset))
  if (options.dryRun === true) {
    const tried = await withExistingProject(options.project, async session =>
      (await isWanted(session, options)) ? await tryAll(session, wishes) : null,
    )
    if (tried !== null) print(options.json === true ? json(tried) : dryRunSummary(tried))
    return tried !== null
  }
  const out = fromCaller(demandOut(options))
  const done = await withExistingProject(options.project, async session =>
    (await isWanted(session, options)) ? await deliverAll(session, out, { options, wishes }) : null,
  )
  if (done === null) return false
  const named = done.map((one, i) => [wishes[i]?.preset ?? '', one] as const)
  print(options.json === true ? json(done) : deliverySummary(named))
  return true
}

async function tryAll({ client, options: call }: Session, wishes: readonly Wish[]) {
  return (await client['export.dryRunEach']({ wishes: [...wishes] }, call)).answers
}

/** One answer as it is, several as a list. */
const json = (answers: readonly unknown[]): string =>
  JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2)

type Deliveries = Readonly<{ options: Options; wishes: readonly Wish[] }>

/** What they come to is said before anything is written; on a terminal somebody is asked. Several go into folders of their own. */
async function deliverAll(session: Session, out: string, { options, wishes }: Deliveries) {
  const { client, options: call } = session
  const overwrite = options.overwrite === true
  const folders = wishes.length === 1 ? [out] : wishes.map(({ preset }) => join(out, preset))
  for (const target of folders) await client['export.check']({ target, overwrite })
  note(foreseen(await tryAll(session, wishes)))
  if (options.yes !== true && canAsk() && !(await isAgreedTo(`Write these files to ${out}?`)))
    throw new AppError('run/cancelled', 'not agreed to; nothing was written')
  const { results } = await client['export.deliverEach']({ target: out, overwrite, wishes: [...wishes] }, call)
  const failed = results.flatMap(({ preset, failure }) => (failure === null ? [] : [{ preset, failure }]))
  const written = results.flatMap(result => (result.written === null ? [] : [result.written]))
  const [first, ...others] = failed
  if (first === undefined) return written
  note(`Written all the same: ${written.map(({ folder }) => folder).join(', ')}`)
  for (const { preset, failure } of others) note(`Not written, ${preset}: ${failure.message}`)
  // The code was one of ours when the engine gave it.
  throw new AppError(first.failure.code as ErrorCode, `${first.preset}: ${first.failure.message}`)
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
