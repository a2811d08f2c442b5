import type { Commerce } from './commerce.ts'
import type { Placed, World } from './events.ts'
import type { Fit } from './fit.ts'
import type { BucketRow, SignalRow } from './model.ts'
import type { Part } from './people.ts'
import { type Earned, earn } from './signals.ts'
import { byCodePoint, cell, type TextRow, total } from './tables.ts'

export type Line = Readonly<{ signal: string; bucket: string; person: string; role: number; final: number } & Earned>
export type Score = Readonly<{
  buckets: Readonly<Record<string, number>>
  total: number
  score: number
  stage: string
  coverage: string
  representative: string
  lines: readonly Line[]
}>
/** All that one workspace's score is made of. `active` and `derived` are the events of the workspace. */
export type Subject = Readonly<{
  workspace: TextRow
  people: readonly Part[]
  active: readonly Placed[]
  derived: readonly Placed[]
  commerce: Commerce
  fit: Fit
}>

const BUCKETS = ['activation', 'depth', 'intent', 'expansion', 'negative'] as const
type Bucket = (typeof BUCKETS)[number]

export function scoreOf(world: World, subject: Subject): Score {
  const people = subject.people.map(part => candidate(world, subject, part))
  const chosen = representative(people)
  const buckets: Record<string, number> = { fit: subject.fit.points }
  const lines: Line[] = []
  if (subject.fit.points !== 0) lines.push({ ...nothing('fit', 'fit'), final: subject.fit.points })
  for (const name of BUCKETS) {
    const bucket = world.model.buckets[name]
    const base =
      bucket.scope === 'person'
        ? (chosen?.lines.filter(line => line.bucket === name) ?? [])
        : unitLines(world, subject, name)
    const own = clipLines([...base, ...conditionLines(world, subject, name)], bucket)
    buckets[name] = clip(total(own.raw), bucket)
    lines.push(...own.lines)
  }
  const sum = total(Object.values(buckets))
  const rounded = round9(sum)
  const score = Math.floor(clip(rounded, { min: 0, max: 100 }) * 10 + 0.5) / 10
  return {
    buckets,
    total: sum,
    score,
    stage: stageOf(score, world.model.stages),
    coverage: coverageOf(subject.people),
    representative: chosen?.part.user ?? '',
    lines,
  }
}

type Candidate = Readonly<{ part: Part; userScore: number; lines: readonly Line[] }>

function candidate(world: World, subject: Subject, part: Part): Candidate {
  const events = [...subject.active, ...subject.derived].filter(event => event.user === part.user)
  const lines: Line[] = []
  let userScore = 0
  for (const name of BUCKETS) {
    const bucket = world.model.buckets[name]
    if (bucket.scope !== 'person') continue
    const own = signalsOf(world, name).flatMap(signal => {
      const earned = earn(signal, bucket, events, world.today)
      return earned === null
        ? []
        : [{ ...earned, ...label(signal, part.user), role: part.factor, final: part.factor * earned.afterDecay }]
    })
    const clipped = clipLines(own, bucket)
    userScore += total(clipped.raw)
    lines.push(...clipped.lines)
  }
  return { part, userScore: round9(userScore), lines }
}

function unitLines(world: World, subject: Subject, name: Bucket): readonly Line[] {
  const events = [...subject.active, ...subject.derived]
  return signalsOf(world, name).flatMap(signal => {
    const earned = earn(signal, world.model.buckets[name], events, world.today)
    return earned === null ? [] : [{ ...earned, ...label(signal, ''), role: 1, final: earned.afterDecay }]
  })
}

const signalsOf = (world: World, name: string): readonly SignalRow[] =>
  world.model.signals.filter(signal => signal.bucket === name)
const label = (signal: SignalRow, person: string) => ({ signal: signal.id, bucket: signal.bucket, person })

function nothing(signal: string, bucket: string): Line {
  const none = { occurrences: 0, firstDay: 0, lastDay: 0, beforeCap: 0, afterCap: 0, afterDecay: 0 }
  return { signal, bucket, person: '', role: 1, final: 0, ...none }
}

/** Clipping spread over the lines in proportion; `raw` are the clipped points. */
function clipLines(lines: readonly Line[], bucket: BucketRow): { raw: number[]; lines: readonly Line[] } {
  const sum = total(lines.map(line => line.final))
  const clipped = clip(sum, bucket)
  if (clipped === sum) return { raw: lines.map(line => line.final), lines }
  const scaled = lines.map(line => ({ ...line, final: (line.final * clipped) / sum }))
  return { raw: [clipped], lines: scaled }
}

function conditionLines(world: World, subject: Subject, name: string): readonly Line[] {
  return world.model.conditions
    .filter(({ bucket }) => bucket === name)
    .filter(({ id, when, days }) =>
      (when ?? id).startsWith('inactive') ? isInactive(world, subject, days) : isTrialEnding(world, subject, days),
    )
    .map(({ id, points }) => ({ ...nothing(id, name), final: points }))
}

function isInactive({ zone, today }: World, { workspace, active }: Subject, days: number): boolean {
  const created = zone.read(cell(workspace, 'created_at'))
  if (created === null || today - created.day < days) return false
  return !active.some(event => today - event.day < days)
}

function isTrialEnding({ today }: World, { commerce }: Subject, days: number): boolean {
  if (!commerce.isOnTrial || commerce.trialEndDay === null) return false
  const left = commerce.trialEndDay - today
  return left >= 0 && left <= days
}

function representative(people: readonly Candidate[]): Candidate | undefined {
  const buyers = people.filter(({ part }) => part.isAdmin || part.isChampion)
  return [...(buyers.length > 0 ? buyers : people)].sort(
    (a, b) => b.userScore - a.userScore || byCodePoint(a.part.user, b.part.user),
  )[0]
}

function coverageOf(people: readonly Part[]): string {
  const hasAdmin = people.some(part => part.isAdmin)
  const hasChampion = people.some(part => part.isChampion)
  if (hasAdmin) return hasChampion ? 'both' : 'admin'
  return hasChampion ? 'champion' : 'none'
}

function stageOf(score: number, { warm, pql, hot }: { warm: number; pql: number; hot: number }): string {
  if (score >= hot) return 'Hot PQL'
  if (score >= pql) return 'PQL'
  return score >= warm ? 'Warm' : 'Not PQL'
}

const round9 = (x: number): number => Math.round(x * 1e9) / 1e9
const clip = (x: number, { max, min }: { max?: number; min?: number }): number =>
  Math.max(min ?? Number.NEGATIVE_INFINITY, Math.min(max ?? Number.POSITIVE_INFINITY, x))
