import type { Output } from '#contract/contract'
import { sum } from '#lib/num'
import type { Random } from '#lib/random'

type Unit = Output<'score.unit'>
type Row = Unit['row']
type Line = Unit['lines'][number]
type Person = Unit['people'][number]

/** 31 May 2026, 18:00 UTC. */
export const AS_OF = Date.UTC(2026, 4, 31, 18)
const STAGES = [
  { id: 'Not PQL', from: 0 },
  { id: 'Warm', from: 50 },
  { id: 'PQL', from: 65 },
  { id: 'Hot PQL', from: 80 },
]
const TEAMS: Readonly<Record<string, string>> = { sdr: 'SDR', csm: 'CSM' }
const PARTS = ['', '', '', ' Marketing', ' Sales', ' Engineering', ' EMEA', ' Operations', ' Sandbox', ' (Team B)']
const OWNERS = [null, null, 'Dana Whitfield', 'Marcus Obi', 'Lena Fischer', null]

export const pick = <T>(values: readonly T[], random: Random): T => values[Math.floor(random() * values.length)] as T

type RowParts = Readonly<{
  unitNo: number
  random: Random
  account: string
  lines: readonly Line[]
  total: number
  representative: Person | null
}>

export function fakeRow({ unitNo, random, account, lines, total, representative }: RowParts): Row {
  const of = (bucket: string): number => sum(lines.filter(line => line.bucket === bucket).map(line => line.finalPoints))
  const score = Math.floor(Math.min(100, Math.max(0, total)) * 10 + 0.5) / 10
  const isPaid = random() < 0.25
  const best = lines.filter(line => line.bucket !== 'total').toSorted((a, b) => b.finalPoints - a.finalPoints)[0]
  const owner = pick(OWNERS, random)
  const destination = isPaid ? paidDestination(score) : freeDestination(score, random)
  return {
    unitNo,
    unitId: `ws_${String(unitNo).padStart(4, '0')}`,
    unitName: unitNo % 41 === 7 ? null : `${account}${pick(PARTS, random)}`,
    accountId: `acc_${unitNo % 480}`,
    accountName: random() < 0.85 ? account : null,
    score,
    stage: STAGES.findLast(stage => score >= stage.from)?.id ?? 'Not PQL',
    buckets: {
      activation: of('activation'),
      depth: of('depth'),
      expansion: of('expansion'),
      intent: of('intent'),
      fit: of('fit'),
      negative: of('negative'),
    },
    coverage: 'both',
    representativeId: representative?.personId ?? null,
    representativeName: representative?.name ?? null,
    destination,
    also: score >= 60 && !isPaid ? ['in_app'] : [],
    owner: owner === null ? null : `owner_${unitNo % 9}`,
    ownerName: owner,
    ownerTeam: TEAMS[destination] ?? 'Marketing',
    health: pick(['steady', 'growing', 'at_risk', 'dormant', 'steady'], random),
    reason: (best?.finalPoints ?? 0) <= 0 ? null : (best?.sentence ?? null),
    nextBestAction: 'Connect an integration',
    lastActiveAt: AS_OF - Math.floor(random() * 30 * (1.2 - score / 100)) * 86_400_000 - 3_600_000,
    isPaid,
    plan: isPaid ? 'Team' : 'Trial',
  }
}

const paidDestination = (score: number): string => (score >= 70 ? 'csm' : 'customer')

function freeDestination(score: number, random: Random): string {
  if (score >= 80) return 'sdr'
  if (score >= 60) return 'lifecycle_email'
  return pick(['review', 'in_app', 'in_app', ...Array.from({ length: 14 }, () => 'nurture')], random)
}
