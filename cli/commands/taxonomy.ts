import type { Command } from 'commander'
import type { Output, Result } from '#contract/contract'
import { AppError } from '#lib/errors'
import { type Day, formatDay } from '#lib/time'
import type { Session } from '../engine.ts'
import { withExistingProject } from '../project.ts'
import { print, table } from '../terminal.ts'

type Options = Readonly<{ project: string; json?: true }>
type Suggestions = Output<'taxonomy.suggest'>

/** `pql taxonomy`: event names, the kind that each has, and what is covered; `suggest`: kinds for names without one. */
export function addTaxonomy(program: Command): void {
  const command = program
    .command('taxonomy')
    .description('print every event name with its figures and its kind')
    .requiredOption('--project <file>', 'project file')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const names = await withExistingProject(options.project, readTaxonomy)
      print(options.json === true ? JSON.stringify(names, null, 2) : namesText(names))
    })
  command
    .command('suggest')
    .description('print kinds that names without one resemble; nothing is changed')
    .option('--at-least <likeness>', 'from 0.5 (some words shared) to 1 (all)', '0.5')
    .action(async (own: Readonly<{ atLeast: string }>, child: Command) => {
      const least = likenessOf(own.atLeast)
      const options = child.optsWithGlobals<Options>()
      const found = await withExistingProject(options.project, readSuggestions)
      const kept = found.suggestions.filter(({ likenesses }) => (likenesses[0]?.score ?? 0) >= least)
      const shown = { ...found, suggestions: kept }
      print(options.json === true ? JSON.stringify(shown, null, 2) : suggestionsText(shown))
    })
}

/** @throws AppError usage/bad-argument */
function likenessOf(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 1) return value
  throw new AppError('usage/bad-argument', `--at-least ${text} is no likeness; expected a number from 0 to 1`, {
    option: '--at-least',
    value: text,
  })
}

type NameLine = Readonly<{
  name: string
  events: number
  share: number
  later: number
  users: number
  workspaces: number
  firstDay: string | null
  lastDay: string | null
  kind: string | null
  category: string | null
}>
type TaxonomyReport = Readonly<{
  asOf: number | null
  coverage: Output<'taxonomy.preview'>['after']
  names: readonly NameLine[]
  unlisted: Output<'taxonomy.names'>['unlisted']
  kinds: readonly Readonly<{ kind: string; category: string; names: number; events: number; match: string[] }>[]
}>

async function readTaxonomy({ client, options }: Session): Promise<TaxonomyReport> {
  const names = await client['taxonomy.names']({}, options)
  const { entries } = await client['taxonomy.get']({})
  const preview = await client['taxonomy.preview']({ entries })
  const categories = new Map(entries.map(({ kind, category }) => [kind, category]))
  const { kindOfName } = preview.columns
  const lines = names.names.map((name, place) => {
    const kind = preview.kinds[kindOfName[place] ?? 0] ?? ''
    return lineOf(names, { name, place, kind, category: categories.get(kind) ?? null })
  })
  return {
    asOf: names.asOf,
    coverage: preview.after,
    names: lines.sort((a, b) => Number(a.kind !== null) - Number(b.kind !== null) || b.events - a.events),
    unlisted: names.unlisted,
    kinds: entries.map(({ kind, category, match }, i) => ({
      kind,
      category,
      names: preview.entries[i]?.names ?? 0,
      events: preview.entries[i]?.events ?? 0,
      match,
    })),
  }
}

type Named = Readonly<{ name: string; place: number; kind: string; category: string | null }>

function lineOf({ events, columns }: Result<'taxonomy.names'>, { name, place, kind, category }: Named): NameLine {
  const own = columns.events[place] ?? 0
  const day = (value: Day | undefined): string | null => (own === 0 || value === undefined ? null : formatDay(value))
  return {
    name,
    events: own,
    share: events === 0 ? 0 : own / events,
    later: columns.later[place] ?? 0,
    users: columns.users[place] ?? 0,
    workspaces: columns.workspaces[place] ?? 0,
    firstDay: day(columns.firstDay[place]),
    lastDay: day(columns.lastDay[place]),
    kind: kind === '' ? null : kind,
    category,
  }
}

function namesText({ coverage, names, unlisted, kinds }: TaxonomyReport): string {
  const rows = names.map(line => [
    line.name,
    String(line.events),
    percent(line.share),
    String(line.users),
    String(line.workspaces),
    line.firstDay ?? '-',
    line.lastDay ?? '-',
    line.kind ?? '(none)',
    line.category ?? '',
  ])
  const idle = kinds.filter(({ names }) => names === 0).map(({ kind }) => kind)
  const { events, withKind, earning, namesWithKind } = coverage
  return [
    table([['name', 'events', 'share', 'users', 'workspaces', 'first', 'last', 'kind', 'category'], ...rows]),
    ...(unlisted.names === 0 ? [] : [`and ${unlisted.names} more names with ${unlisted.events} events`]),
    '',
    `${share(withKind, events)} of ${events} events have a kind, ${share(earning, events)} earn or cost points`,
    `${namesWithKind} of ${coverage.names} names have a kind; the model has ${kinds.length} kinds (10 to 25 is the aim)`,
    ...(idle.length === 0 ? [] : [`Kinds without an event: ${idle.join(', ')}`]),
  ].join('\n')
}

async function readSuggestions({ client, options }: Session): Promise<Suggestions> {
  await client['taxonomy.names']({}, options)
  const { entries } = await client['taxonomy.get']({})
  return await client['taxonomy.suggest']({ entries })
}

function suggestionsText({ suggestions, compared, unmapped }: Suggestions): string {
  const rows = suggestions.flatMap(({ name, events, likenesses }) =>
    likenesses.map(({ kind, score, why }, i) => [
      i === 0 ? name : '',
      i === 0 ? String(events) : '',
      kind,
      score.toFixed(2),
      why,
    ]),
  )
  if (suggestions.length === 0 && unmapped > 0)
    return `No suggestion is safe: none of ${unmapped} names without a kind shares enough telling words with one`
  const said = compared === unmapped ? `${unmapped}` : `the ${compared} most frequent of ${unmapped}`
  return [
    ...(rows.length === 0 ? [] : [table([['name', 'events', 'kind', 'likeness', 'why'], ...rows]), '']),
    `${suggestions.length} of ${said} names without a kind resemble one`,
  ].join('\n')
}

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)}%`
const share = (part: number, whole: number): string => percent(whole === 0 ? 0 : part / whole)
