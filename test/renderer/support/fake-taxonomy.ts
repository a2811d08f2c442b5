import type { Client, MethodName } from '#contract/contract'
import { AppError } from '#lib/errors'
import { type ScoringModel, scoringModel } from '#schema/model'
import {
  type CountedNames,
  namesView,
  patternView,
  previewOf,
  suggestionsView,
} from '../../../core/app/taxonomy-view.ts'
import { defaultModel } from './fake-model.ts'
import { AS_OF } from './fake-row.ts'

const TODAY = Math.floor(AS_OF / 86_400_000)
/** Names and their events, most first. */
const NAMES: readonly (readonly [name: string, events: number])[] = [
  ['core_feature_used', 13_308],
  ['session_started', 13_249],
  ['login', 6774],
  ['page_view', 6641],
  ['app_opened', 3251],
  ['automation_run', 3146],
  ['Help Article Viewed', 1261],
  ['Teammate Invite', 906],
  ['pricing_page_view', 533],
  ['Visited Pricing', 314],
  ['Pricing Page Visit', 211],
  ['usage_limit_hit', 112],
  ['Plan Quota Reached', 60],
  ['日本語', 12],
]
const WORKSPACES = 40

/** The engine's own answers over a few names, or over as many as are asked for. */
export function taxonomyHandlers(more = 0): Pick<Client, Extract<MethodName, `taxonomy.${string}`>> {
  let model: ScoringModel = scoringModel.parse(defaultModel)
  let version = 0
  let before: ScoringModel | null = null
  const hash = (): string => `b7c19f0e5d2a4c3${version}`
  const counted = countedOf([...NAMES, ...Array.from({ length: more }, (_, i) => [`Odd name ${i}`, 3] as const)])
  return {
    'taxonomy.get': async () => ({
      entries: model.taxonomy,
      hash: hash(),
      modelName: model.name,
      signals: model.signals.map(({ kind, points }) => ({ kind, points })),
      previous: before === null ? null : { entries: before.taxonomy, hash: 'before' },
    }),
    'taxonomy.names': async () => namesView(counted),
    'taxonomy.preview': async ({ entries }) => previewOf(counted, model, entries),
    'taxonomy.pattern': async ({ entries, at, pattern }) => patternView(counted, entries, { at, pattern }),
    'taxonomy.suggest': async ({ entries }) => suggestionsView(counted, model, entries),
    'taxonomy.apply': async ({ entries, hash: expected }) => {
      if (expected !== hash()) throw new AppError('usage/overtaken', 'the model was changed meanwhile')
      before = model
      model = scoringModel.parse({ ...model, taxonomy: entries })
      version++
      return { hash: hash(), isNew: true }
    },
  }
}

function countedOf(rows: readonly (readonly [name: string, events: number])[]): CountedNames {
  const names = ['', ...rows.map(([name]) => name)]
  const events = Uint32Array.from([0, ...rows.map(([, count]) => count)])
  const pairs = rows.flatMap(([, count], i) =>
    Array.from({ length: Math.min(WORKSPACES, Math.ceil(count / 20)) }, (_, place) => ({ place, name: i + 1 })),
  )
  const days = rows.flatMap(([, count], i) =>
    Array.from({ length: 30 }, (_, ago) => ({
      name: i + 1,
      day: TODAY - ago,
      count: Math.round((count / 40) * (1 + Math.sin(ago + i))),
    })),
  )
  return {
    counts: {
      names,
      asOf: AS_OF,
      today: TODAY,
      events,
      later: events.map((_, code) => (code === 4 ? 3 : 0)),
      users: events.map(count => Math.ceil(count / 9)),
      workspaces: events.map(count => Math.min(WORKSPACES, Math.ceil(count / 20))),
      firstDay: Int32Array.from(names, (_, code) => TODAY - 119 + code),
      lastDay: Int32Array.from(names, () => TODAY),
      days: {
        name: Int32Array.from(days, ({ name }) => name),
        day: Int32Array.from(days, ({ day }) => day),
        count: Uint32Array.from(days, ({ count }) => count),
      },
      places: {
        place: Int32Array.from(pairs, ({ place }) => place),
        name: Int32Array.from(pairs, ({ name }) => name),
        count: Uint32Array.from(pairs, () => 3),
      },
    },
    listed: Uint32Array.from(rows, (_, i) => i + 1),
    unlisted: { names: 0, events: 0 },
    workspaces: Array.from({ length: WORKSPACES }, (_, i) => ({ id: `ws_${i}`, name: `Workspace ${i}` })),
    asOf: AS_OF,
  }
}
