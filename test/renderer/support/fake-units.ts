import type { Output } from '#contract/contract'
import { roundTo, sum } from '#lib/num'
import { type Random, seededRandom } from '#lib/random'
import { fakeMilestones, fakeRollups, fakeTrace } from './fake-findings.ts'
import { AS_OF, fakeRow, pick } from './fake-row.ts'

type Unit = Output<'score.unit'>
type Line = Unit['lines'][number]
type Points = 'pointsBeforeCap' | 'pointsAfterCap' | 'pointsAfterDecay' | 'finalPoints' | 'printedPoints'
type Person = Unit['people'][number]

const TODAY = Math.floor(AS_OF / 86_400_000)

const FIRST = [
  'Northwind',
  'Lumen',
  'Kestrel',
  'Harbour',
  'Copper',
  'Bright',
  'Fjord',
  'Atlas',
  'Juniper',
  'Quarry',
  'Meridian',
  'Tidal',
  'Orchard',
  'Slate',
  'Beacon',
  'Willow',
  'Summit',
  'Cobalt',
  'Maple',
  'Granite',
]
const SECOND = [
  'Logistics',
  'Analytics',
  'Studio',
  'Health',
  'Foods',
  'Systems',
  'Robotics',
  'Energy',
  'Labs',
  'Freight',
  'Media',
  'Finance',
  'Retail',
  'Legal',
  'Travel',
]
const GIVEN = [
  'Ana',
  'Jonas',
  'Priya',
  'Mateo',
  'Ingrid',
  'Kwame',
  'Yuki',
  'Elena',
  'Tom',
  'Fatima',
  'Lars',
  'Chloé',
  'Nguyễn',
  'Omar',
  'Siobhán',
]
const FAMILY = [
  'Costa',
  'Berg',
  'Raman',
  'Silva',
  'Olsen',
  'Mensah',
  'Tanaka',
  'Petrova',
  'Baker',
  'Haddad',
  'Lindqvist',
  'Moreau',
  'Trang',
  'Farouk',
  'Byrne',
]
const TITLES = ['Head of Operations', 'VP Marketing', 'Growth Lead', 'Data Analyst', null, 'Engineering Manager', null]

type Spec = Readonly<{
  signal: string
  bucket: string
  scope: 'person' | 'unit'
  points: number
  days: number
  heat: number
  words: string
}>
const SIGNALS: readonly Spec[] = [
  {
    signal: 'workspace_created',
    bucket: 'activation',
    scope: 'person',
    points: 2,
    days: 30,
    heat: 0.1,
    words: 'Created the workspace',
  },
  {
    signal: 'key_action_completed',
    bucket: 'activation',
    scope: 'person',
    points: 15,
    days: 30,
    heat: 0.3,
    words: 'Completed the key action',
  },
  {
    signal: 'first_value_delivered',
    bucket: 'activation',
    scope: 'person',
    points: 8,
    days: 30,
    heat: 0.45,
    words: 'Reached the first result',
  },
  {
    signal: 'core_feature_used',
    bucket: 'depth',
    scope: 'person',
    points: 18,
    days: 14,
    heat: 0.2,
    words: 'Used the core feature on several days',
  },
  {
    signal: 'automation_run',
    bucket: 'depth',
    scope: 'person',
    points: 12,
    days: 14,
    heat: 0.5,
    words: 'Ran automations',
  },
  {
    signal: 'pricing_page_view',
    bucket: 'intent',
    scope: 'person',
    points: 6,
    days: 7,
    heat: 0.45,
    words: 'Viewed the pricing page',
  },
  {
    signal: 'upgrade_click',
    bucket: 'intent',
    scope: 'person',
    points: 8,
    days: 7,
    heat: 0.62,
    words: 'Clicked upgrade',
  },
  {
    signal: 'usage_limit_hit',
    bucket: 'intent',
    scope: 'person',
    points: 10,
    days: 7,
    heat: 0.7,
    words: 'Hit a usage limit',
  },
  {
    signal: 'invite_sent',
    bucket: 'expansion',
    scope: 'unit',
    points: 6,
    days: 21,
    heat: 0.35,
    words: 'Invited teammates',
  },
  {
    signal: 'invite_accepted',
    bucket: 'expansion',
    scope: 'unit',
    points: 10,
    days: 21,
    heat: 0.5,
    words: 'Invitations were accepted',
  },
  {
    signal: 'new_active_user',
    bucket: 'expansion',
    scope: 'unit',
    points: 6,
    days: 21,
    heat: 0.25,
    words: 'New people became active',
  },
]
const MOST: Readonly<Record<string, number>> = { activation: 25, depth: 25, expansion: 20, intent: 20, fit: 10 }

/** Units that differ but are always the same for one number: rows, ledgers that add up, people. */
export function fakeUnit(unitNo: number): Unit {
  const random = seededRandom(unitNo * 7919 + 17)
  const heat = unitNo === 0 ? 0.99 : random() ** 2.1
  const account = `${pick(FIRST, random)} ${pick(SECOND, random)}`
  const people = fakePeople(unitNo, random, heat)
  const representative = people.find(person => person.isRepresentative) ?? null
  const judged = fakeLines(random, heat, representative)
  const total = sum(judged.map(line => line.finalPoints))
  const lines = [...judged, ...clampLine(total)]
  const row = fakeRow({ unitNo, random, account, lines, total, representative })
  return {
    row,
    asOf: AS_OF,
    modelName: 'Recipe',
    modelHash: 'b7c19f0e5d2a4c3e',
    total,
    range: unitNo % 3 === 0 ? [row.score, row.score] : [Math.max(0, row.score - 4.2), Math.min(100, row.score + 6.1)],
    bucketMax: { activation: 25, depth: 25, expansion: 20, intent: 20, fit: 10, negative: 0 },
    lines,
    people,
    workspaceIds: [row.unitId],
    rollups: fakeRollups(random, heat, people.length, AS_OF),
    milestones: fakeMilestones(heat),
    healthEvidence: [
      `${people.length} people active in the last 7 days, ${Math.max(1, people.length - 1)} on average before`,
    ],
    trace: fakeTrace(row),
    play: row.destination === 'csm' ? 'expand' : null,
    isOverCapacity: false,
    suppressedBy: row.destination === 'sdr' && unitNo % 4 === 0 ? ['open_deal'] : [],
    plan: row.plan,
    mrr: row.isPaid ? 249 : null,
    trialEndDay: row.isPaid ? null : TODAY + 6,
    fit: {
      points: row.buckets.fit,
      tier: row.buckets.fit > 8 ? 'A' : row.buckets.fit > 4 ? 'B' : null,
      source: row.buckets.fit === 0 ? 'unknown' : 'given tier',
    },
  }
}

function fakePeople(unitNo: number, random: Random, heat: number): Person[] {
  const size = 1 + Math.floor(random() * (2 + heat * 7))
  return Array.from({ length: size }, (_, i) => {
    const name = `${pick(GIVEN, random)} ${pick(FAMILY, random)}`
    const isAdmin = i === 0
    return {
      personId: `u_${unitNo}_${i}`,
      name: random() < 0.9 ? name : null,
      email: `${name
        .split(' ')[0]
        ?.toLowerCase()
        .normalize('NFD')
        .replace(/[^a-z]/g, '')}@example.com`,
      jobTitle: pick(TITLES, random),
      role: isAdmin ? 'admin' : i === 1 ? 'contributor' : 'other',
      roleFactor: isAdmin ? 1.3 : i === 1 ? 1 : 0.6,
      isAdmin,
      isChampion: i === 1,
      isRepresentative: i === 0,
      userIds: i === 1 ? [`u_${unitNo}_${i}`, `u_${unitNo}_${i}b`] : [`u_${unitNo}_${i}`],
      userScore: Math.max(0, heat * 60 - i * 9),
      lastActiveDay: TODAY - Math.floor(random() * 20),
      events30d: Math.floor(random() * 180 * heat),
    }
  })
}

function fakeLines(random: Random, heat: number, representative: Person | null): Line[] {
  const raw = SIGNALS.filter(spec => heat > spec.heat * (0.6 + random() * 0.8)).map(spec => {
    const age = Math.floor(random() * 9 * (1.3 - heat))
    const decayed = spec.points * Math.exp(-age / spec.days)
    const role = spec.scope === 'person' ? (representative?.roleFactor ?? 1) : 1
    return { spec, age, decayed, role, points: decayed * role, times: 1 + Math.floor(random() * 8) }
  })
  const lines = raw.map(({ spec, age, decayed, role, points, times }): Line => {
    const all = sum(raw.filter(other => other.spec.bucket === spec.bucket).map(other => other.points))
    const clipped = points * Math.min(1, (MOST[spec.bucket] ?? 100) / all)
    return {
      signal: spec.signal,
      bucket: spec.bucket,
      scope: spec.scope,
      personId: spec.scope === 'person' ? (representative?.personId ?? null) : null,
      occurrences: times,
      firstDay: TODAY - age - 12,
      lastDay: TODAY - age,
      pointsBeforeCap: spec.points * 1.4,
      pointsAfterCap: spec.points,
      pointsAfterDecay: decayed,
      roleFactor: role,
      finalPoints: clipped,
      printedPoints: roundTo(clipped, 1),
      sentence: `${spec.words} ${times} times, last ${age === 0 ? 'on 31 May' : `${age} days before 31 May`}: +${clipped.toFixed(1)}`,
    }
  })
  return [...lines, ...fitAndAgainst(random, heat)]
}

const blank = { scope: 'unit' as const, personId: null, occurrences: 1, firstDay: null, lastDay: null, roleFactor: 1 }

function fitAndAgainst(random: Random, heat: number): Line[] {
  const points = pick([0, 2, 6, 6, 10, 10], random)
  const all = (value: number): Pick<Line, Points> => ({
    pointsBeforeCap: value,
    pointsAfterCap: value,
    pointsAfterDecay: value,
    finalPoints: value,
    printedPoints: roundTo(value, 1),
  })
  const fit: Line = {
    signal: 'fit',
    bucket: 'fit',
    ...blank,
    ...all(points),
    sentence: `Account fit tier ${points === 10 ? 'A' : 'B'}: +${points.toFixed(1)}`,
  }
  const against: Line = {
    signal: 'inactive_14d',
    bucket: 'negative',
    ...blank,
    ...all(-20),
    sentence: 'No activity in the last 14 days: -20.0',
  }
  const downgrade: Line = {
    signal: 'uninstall_integration',
    bucket: 'negative',
    ...blank,
    firstDay: TODAY - 6,
    lastDay: TODAY - 6,
    ...all(-4.9),
    sentence: 'Removed an integration 6 days before 31 May: -4.9',
  }
  return [
    ...(points > 0 ? [fit] : []),
    ...(heat < 0.12 ? [against] : []),
    ...(heat > 0.5 && random() < 0.3 ? [downgrade] : []),
  ]
}

function clampLine(total: number): Line[] {
  if (total >= 0 && total <= 100) return []
  const value = Math.min(100, Math.max(0, total)) - total
  const points = { pointsBeforeCap: value, pointsAfterCap: value, pointsAfterDecay: value, finalPoints: value }
  const printedPoints = roundTo(value, 1)
  return [
    { signal: 'clamp', bucket: 'total', ...blank, ...points, printedPoints, sentence: 'A score lies within 0 and 100' },
  ]
}
