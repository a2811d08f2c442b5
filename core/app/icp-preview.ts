import type { Output, Parsed } from '#contract/contract'
import { compareCodePoints } from '#lib/text'
import type { ScoringModel } from '#schema/model'
import { fitOf } from '#score'
import { type Readable, readTable } from '#store'
import { IcpReach } from './icp-lint.ts'

type Preview = Output<'routing.icpPreview'>
type Tier = Preview['tiers'][number]['tier']

const MOST_SHOWN = 200

/** Tiers of all accounts by the model in force and by other ICP rules. */
export function previewIcp(
  db: Readable,
  model: Pick<ScoringModel, 'fit' | 'buckets'>,
  fit: Parsed<'routing.icpPreview'>,
): Preview {
  const other = { ...model, fit: fit as ScoringModel['fit'] } // checked by the contract, which leaves `value` out where it is
  const counts = new Map<Tier, { before: number; after: number }>()
  const moved: Preview['moved'] = []
  const reach = new IcpReach(fit, model.buckets)
  let accounts = 0
  let given = 0
  let movedTotal = 0
  for (const account of readTable(db, 'accounts')) {
    accounts++
    const before = fitOf(account, model)
    const after = fitOf(account, other)
    if (after.source.startsWith('given')) given++
    else reach.add(account)
    count(counts, before.tier, 'before')
    count(counts, after.tier, 'after')
    if (before.tier === after.tier) continue
    movedTotal++
    const { account_id: accountId, name } = account
    if (moved.length < MOST_SHOWN)
      moved.push({ accountId, name, from: before.tier, to: after.tier, score: after.score })
  }
  const tiers = [...counts].map(([tier, own]) => ({ tier, ...own }))
  tiers.sort(
    (a, b) => Number(a.tier === null) - Number(b.tier === null) || compareCodePoints(a.tier ?? '', b.tier ?? ''),
  )
  return { accounts, given, tiers, moved, movedTotal, rules: reach.reach(), findings: reach.findings(fit) }
}

function count(counts: Map<Tier, { before: number; after: number }>, tier: Tier, when: 'before' | 'after'): void {
  const own = counts.get(tier) ?? { before: 0, after: 0 }
  own[when]++
  counts.set(tier, own)
}
