import type { Output } from '#contract/contract'
import { sum } from '#lib/num'
import { exportSummary, harmlessLines } from './summary.ts'
import { table } from './terminal.ts'

type Tried = Output<'export.dryRun'>
type Done = Output<'export.deliver'>

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

/** What dry runs came to, one CRM after the other. */
export function dryRunSummary(runs: readonly Tried[]): string {
  return `${foreseen(runs)}\nNothing was written.`
}

/** The same before it is written. */
export function foreseen(runs: readonly Tried[]): string {
  return runs.flatMap(tried => [...dryRunLines(tried), '']).join('\n')
}

function dryRunLines(tried: Tried): readonly string[] {
  const rows = tried.objects.map(own => [own.title, ...COUNTS.map(name => String(own[name]))])
  const sorts = findingLines(tried)
  const shown = sorts.slice(0, SHOWN_SORTS)
  const hidden = sorts.length - shown.length
  return [
    `${tried.preset}: ${tried.units} workspaces${leftOutText(tried)}`,
    '',
    table([['', ...HEADS], ...rows]),
    ...(tried.coolingDown === 0 ? [] : ['', `${tried.coolingDown} tasks, deals and notes wait for the cool-down.`]),
    ...(shown.length === 0 ? [] : ['', 'To look at:', ...shown]),
    ...(hidden === 0 ? [] : [`  and ${hidden} more sorts of finding; --json lists them`]),
    '',
    `Files (${tried.files.length}): ${tried.files.map(({ name }) => name).join(', ')}`,
  ]
}

const LEFT_OUT: Readonly<Record<string, string>> = { review: 'to be looked at first', none: 'routed nowhere' }

/** ` of 60 (left out: 1 to be looked at first)` */
function leftOutText({ units, leftOut }: Tried): string {
  if (leftOut.length === 0) return ''
  const total = units + sum(leftOut.map(own => own.units))
  const parts = leftOut.map(own => `${own.units} ${LEFT_OUT[own.destination] ?? own.destination}`)
  return ` of ${total} (left out: ${parts.join(', ')})`
}

/** One line per sort of finding, with the first records that have it: what stands once is not lost among what is everywhere. */
function findingLines({ findings, findingSorts }: Tried): readonly string[] {
  return findingSorts.map(({ object, kind, about, findings: total }) => {
    const isOwn = (finding: Tried['findings'][number]): boolean =>
      finding.object === object && finding.kind === kind && finding.about === about
    const own = findings.filter(isOwn)
    const texts = [...new Set(own.map(({ text }) => text))]
    const keys = own.slice(0, SHOWN_KEYS).map(({ key }) => key)
    const [text = kind] = texts
    const example = texts.length > 1 ? ', for example' : ''
    return `  ${total} x ${object}${example}: ${text} (${keys.join(', ')}${total > keys.length ? ', ...' : ''})`
  })
}

const sumOf = ({ created, updated, unchanged, held, coolingDown }: Done): string =>
  `${created} made, ${updated} updated, ${unchanged} unchanged and left out, ${held} held, ${coolingDown} waiting for the cool-down`

/** What was written for CRMs: for one its files, for several a line each. */
export function deliverySummary(done: readonly (readonly [preset: string, Done])[]): string {
  const [first] = done
  if (first !== undefined && done.length === 1) return `${exportSummary(first[1])}\n\n${sumOf(first[1])}`
  const rows = done.map(([preset, { folder, files, created, updated, unchanged, held, coolingDown }]) => [
    preset,
    ...[files.length, created, updated, unchanged, held, coolingDown].map(String),
    folder,
  ])
  const head = ['', 'files', 'made', 'updated', 'unchanged', 'held', 'waiting', 'folder']
  const harmless = sum(done.map(([, { cellsMadeHarmless }]) => cellsMadeHarmless))
  return [table([head, ...rows]), ...harmlessLines(harmless)].join('\n')
}
