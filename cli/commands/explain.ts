import type { Command } from 'commander'
import type { Input, Output, Result } from '#contract/contract'
import { AppError } from '#lib/errors'
import { roundTo } from '#lib/num'
import { roundToSum } from '#lib/round-to-sum'
import { formatDay } from '#lib/time'
import type { Session } from '../engine.ts'
import { type Level, levelOption } from '../options.ts'
import { withExistingProject } from '../project.ts'
import { noteStaleScores } from '../stale-scores.ts'
import { print, table } from '../terminal.ts'
import { unitIdOf } from '../unit-by-name.ts'

type Options = Readonly<{
  project: string
  level?: Level
  since?: string
  history?: true
  from?: string
  to?: string
  json?: true
}>
type Unit = Output<'score.unit'>
type Explained = Output<'score.explain'>
type Changes = Output<'score.changes'>
type History = Readonly<{ day: string; score: number | null; total: number | null; events: number }>
type Report = Readonly<{
  unit: Unit
  explained: Explained
  changes: Changes | null
  history: readonly History[] | null
}>

/** Of points as they are printed. */
const DECIMALS = 3

/** `pql explain`: why a workspace has its score, what changed since a date, and its score day by day. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('print why a workspace, or an account, has its score in the newest run')
    .argument('<workspace>', 'id or name of the workspace or account')
    .requiredOption('--project <file>', 'project file')
    .addOption(levelOption('what is named'))
    .option('--since <date>', 'what changed since the end of this day, by cause')
    .option('--history', 'the score at the end of each day')
    .option('--from <date>', 'first day of the history (default: 90 days)')
    .option('--to <date>', 'last day of the history (default: the day of the scores)')
    .option('--json', 'print JSON')
    .action(async (called: string, options: Options) => {
      checkDate('--since', options.since)
      checkDate('--from', options.from)
      checkDate('--to', options.to)
      const report = await withExistingProject(options.project, session => readReport(session, called, options))
      print(options.json === true ? JSON.stringify(report, null, 2) : reportText(report))
    })
}

async function readReport(session: Session, called: string, options: Options): Promise<Report> {
  const { client } = session
  await noteStaleScores(session)
  const { level = 'workspace', since, from, to } = options
  const unitId = await unitIdOf(session, called, level)
  const asked = { unitId, level }
  const unit = await client['score.unit'](asked)
  const explained = await client['score.explain'](asked)
  const changes = since === undefined ? null : await client['score.changes']({ ...asked, since })
  const isHistory = options.history === true || from !== undefined || to !== undefined
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  const history = isHistory ? daysOf(await client['score.history']({ ...asked, ...range })) : null
  return { unit, explained, changes, history }
}

function daysOf({ firstDay, columns: { score, total, events } }: Result<'score.history'>): readonly History[] {
  const known = (value: number | undefined): number | null => (Number.isNaN(value) ? null : (value ?? null))
  return Array.from(score, (points, i) => ({
    day: formatDay(firstDay + i),
    score: known(points),
    total: known(total[i]),
    events: events[i] ?? 0,
  }))
}

function reportText({ unit, explained, changes, history }: Report): string {
  const { row, total, range } = unit
  const [low, high] = range
  const parts = [
    `${row.unitId}${row.unitName === null ? '' : ` (${row.unitName})`}: ${row.score.toFixed(1)}, ${row.stage}, to ${row.destination}`,
    `total ${written(total)} before the clamp${rangeText(low.toFixed(1), high.toFixed(1))}`,
    '',
    table([['points', 'bucket', 'signal', 'why'], ...lineRows(unit)]),
  ]
  if (explained.steps.length > 0) parts.push('', `To reach ${explained.threshold}:`, ...stepLines(explained))
  if (changes !== null) parts.push('', ...changeLines(changes, unit))
  if (history !== null) parts.push('', table([['day', 'score', 'events'], ...history.map(dayCells)]))
  return parts.join('\n')
}

/** Says nothing where no unknown field could move the score. */
function rangeText(low: string, high: string): string {
  return low === high ? '' : `; ${low} to ${high} had unknown fields been known`
}

/** To a tenth, as everything that prints a line has it. */
function lineRows({ row, lines }: Unit): readonly (readonly string[])[] {
  const rows = lines.map(({ bucket, signal, sentence, printedPoints }) => [
    `${printedPoints < 0 ? '' : '+'}${printedPoints.toFixed(1)}`,
    bucket,
    signal,
    sentence.replace(/: [+-][\d.]+$/, ''),
  ])
  return [...rows, [row.score.toFixed(1), '', 'sum', 'the score']]
}

function stepLines({ steps }: Explained): readonly string[] {
  const words = { events: '', role: 'the representative known to be an admin', fit: 'fit known to be at its best' }
  return steps.slice(0, 5).map(({ kind, signal, times, score }) => {
    const what = kind === 'events' ? `${times} x ${signal} today` : words[kind]
    return `  ${what}: ${score.toFixed(1)}`
  })
}

function changeLines({ since, runId, before, now, groups, changes }: Changes, { people }: Unit): readonly string[] {
  const kept =
    runId === null ? 'no run of that day is kept: judged again by the data and model of now' : `as run ${runId} kept it`
  const head = `Since ${formatDay(since)} (${kept}): ${before.score.toFixed(1)} to ${now.score.toFixed(1)}`
  const difference = now.clamped - before.clamped
  const printed = roundToSum(
    changes.map(({ points }) => points),
    DECIMALS,
    roundTo(difference, DECIMALS),
  )
  const rows = changes.map(({ cause, signal, personId }, i) => [
    signed(printed[i] ?? 0),
    cause === 'decay' ? 'faded' : cause,
    signal,
    people.find(person => person.personId === personId)?.name ?? personId ?? '',
  ])
  const causes = groups.map(({ group, points }) => `  ${points < 0 ? '' : '+'}${points.toFixed(1)} ${group}`)
  const together = [signed(difference), 'together', '', '']
  return [head, ...causes, '', table([['points', 'cause', 'signal', 'person'], ...rows, together])]
}

function dayCells({ day, score, events }: History): readonly string[] {
  return [day, score === null ? '' : score.toFixed(1), String(events)]
}

/** Rounded as the lines above it are, so that they add up to it. */
function written(points: number): string {
  return roundTo(points, DECIMALS).toFixed(DECIMALS)
}

function signed(points: number): string {
  const text = written(points)
  return text.startsWith('-') ? text : `+${text}`
}

/** @throws AppError usage/bad-argument */
function checkDate(option: string, value: Input<'score.changes'>['since'] | undefined): void {
  if (value === undefined || /^\d{4}-\d{2}-\d{2}$/.test(value)) return
  throw new AppError('usage/bad-argument', `${option} ${value} is no date such as 2026-05-31`, { option, value })
}
