import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { formatInstant } from '#lib/time'
import { CHECK_CODES, type CheckCode } from '#schema/data-health'
import type { Session } from '../engine.ts'
import { checkAsOf } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { note, print, table } from '../terminal.ts'

type Options = Readonly<{
  project: string
  asOf?: string
  json?: true
  check?: string
  anomalies?: true
  dismiss?: readonly string[]
  confirm?: readonly string[]
  reopen?: readonly string[]
}>
type Report = Output<'health.run'>

/** Rows of a check that are fetched at a time. */
const PAGE = 5000

/** `pql health`: what is missing, repeated, out of time or belongs nowhere, worst first; or the rows behind one check. */
export function addHealth(program: Command): void {
  program
    .command('health')
    .description('check the data of a project: what is missing, repeated, out of time or belongs nowhere')
    .requiredOption('--project <file>', 'project file')
    .option(
      '--as-of <date or instant>',
      'check as of the end of this day, or of this instant (default: from the events)',
    )
    .option('--check <code>', 'print the rows behind one check as CSV')
    .option('--anomalies', 'print the bursts, loops and bot sign-ups that were found, newest first')
    .option('--dismiss <id...>', 'these anomalies are real use: routing no longer waits for them')
    .option('--confirm <id...>', 'these are anomalies')
    .option('--reopen <id...>', 'take back what was decided about these')
    .option('--json', 'print the report as JSON')
    .action(async (options: Options) => {
      checkAsOf(options.asOf)
      const code = codeOf(options)
      await withExistingProject(options.project, async session => {
        const { asOf } = options
        const checked = await session.client['health.run'](asOf === undefined ? {} : { asOf }, session.options)
        const report = await decided(session, checked, options)
        if (code !== null) await printRows(session, code)
        else if (options.anomalies === true && options.json !== true) print(anomaliesText(report))
        else print(options.json === true ? JSON.stringify(report, null, 2) : reportText(report))
      })
    })
}

/** The report with what was decided on the command line. @throws AppError usage/bad-argument for an id that is not in it */
async function decided(session: Session, report: Report, { dismiss, confirm, reopen }: Options): Promise<Report> {
  const verdicts = [
    ...(dismiss ?? []).map(id => ({ id, verdict: 'dismissed' as const })),
    ...(confirm ?? []).map(id => ({ id, verdict: 'confirmed' as const })),
    ...(reopen ?? []).map(id => ({ id, verdict: null })),
  ]
  for (const { id, verdict } of verdicts) await session.client['anomalies.decide']({ id, verdict })
  if (verdicts.length === 0) return report
  return (await session.client['health.report']({})).report ?? report
}

function anomaliesText({ anomalies: { newest, of } }: Report): string {
  if (of === 0) return 'No anomaly was found'
  const head = ['id', 'kind', 'count', 'until', 'decided', 'what']
  const rows = newest.map(({ id, kind, count, lastAt, verdict, evidence }) => [
    id,
    kind,
    String(count),
    formatInstant(lastAt),
    verdict ?? '',
    evidence,
  ])
  const rest = of > newest.length ? [`and ${of - newest.length} older ones`] : []
  return [table([head, ...rows]), ...rest].join('\n')
}

/** @throws AppError usage/bad-argument for a code that no check has, and for two ways of printing at once */
function codeOf({ check, json }: Options): CheckCode | null {
  if (check === undefined) return null
  const known = CHECK_CODES.find(code => code === check)
  if (known === undefined)
    throw new AppError('usage/bad-argument', `--check ${check} is no check; there are ${CHECK_CODES.join(', ')}`, {
      option: '--check',
      value: check,
    })
  if (json === true)
    throw new AppError('usage/bad-argument', '--check prints CSV and --json prints JSON; give one of them', {
      option: '--json',
    })
  return known
}

async function printRows({ client, options }: Session, code: CheckCode): Promise<void> {
  for (let offset = 0; ; ) {
    const { text, rows, total } = await client['health.csv']({ code, offset, limit: PAGE }, options)
    process.stdout.write(text)
    offset += rows
    if (rows === 0 || offset >= total) return note(`${total} rows`)
  }
}

function reportText({ asOf, checks, coverage, freshness }: Report): string {
  const found = checks.filter(({ count }) => count > 0)
  const head = ['severity', 'check', 'count', 'share', 'what']
  const rows = found.map(({ severity, code, count, of, title }) => [
    severity,
    code,
    String(count),
    of === 0 ? '' : percent(count / of),
    title,
  ])
  const whys = found
    .filter(({ code }) => code === 'event_without_user')
    .flatMap(({ title, evidence, fix }) => [`${title}:`, ...evidence.map(one => `  ${one}`), `  ${fix}`, ''])
  const joins = coverage.map(({ means, found: known, of }) => [percent(known / of), `${known} of ${of}`, means])
  const newest = freshness
    .filter(({ newestAt }) => newestAt !== null)
    .map(({ table: name, rows: size, newestAt, daysBehind }) => [
      name,
      String(size),
      formatInstant(newestAt ?? 0),
      `${daysBehind} d`,
    ])
  return [
    `Checked as of ${formatInstant(asOf)}: ${found.length} of ${checks.length} checks found something`,
    '',
    ...(found.length === 0 ? [] : [table([head, ...rows]), '']),
    ...whys,
    table([['share', 'of', 'join coverage'], ...joins]),
    '',
    table([['table', 'rows', 'newest time', 'behind'], ...newest]),
  ].join('\n')
}

/** One decimal below 10 %, none above; what is there is never 0 %, what is missing never 100 %. */
function percent(ratio: number): string {
  const value = 100 * ratio
  if (value > 0 && value < 0.05) return '< 0.1 %'
  if (value < 100 && value >= 99.5) return `${(Math.floor(10 * value) / 10).toFixed(1)} %`
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} %`
}
