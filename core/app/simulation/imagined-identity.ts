import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { IdentityDecision } from '#schema/identity'
import type { ImaginedIdentity } from '#schema/scenario'
import { identityDecisionsOf, type Writable } from '#store'
import { type Answer, keyOf } from '../review/answers.ts'
import { decide, entryOf } from '../review/decide.ts'
import type { Room } from '../review/room.ts'
import { rulesOf, setRules } from '../review/rules.ts'

export type Refused = Output<'review.decide'>['contradictions'][number]
type RuleDiff = Output<'identity.setRules'>['diff']

/** Names what is imagined of who is who: equal texts have equal persons. Null: nothing is. */
export function identityKey({ threshold, decisions = [] }: ImaginedIdentity): string | null {
  return threshold === undefined && decisions.length === 0 ? null : JSON.stringify([threshold ?? null, decisions])
}

/** The answers of a scenario; of several about the same two records the last one counts. */
export function answersOf({ decisions = [] }: ImaginedIdentity): readonly Answer[] {
  const last = new Map(decisions.map(one => [keyOf(one), one]))
  return [...last.values()].map(({ question, a, b, answer, relation }) => ({
    pair: { question, a, b },
    answer,
    relation,
  }))
}

/** What identity is told beside the decisions that hold, and the answers that would not be kept. */
export type ImaginedDecisions = Readonly<{ decisions: readonly IdentityDecision[]; refused: readonly Refused[] }>

/**
 * The decisions that a scenario would leave in the log.
 *
 * @throws AppError usage/bad-argument where a record is not in the data, or the threshold out of range
 */
export function imaginedDecisions(room: Room, db: Writable, identity: ImaginedIdentity): ImaginedDecisions {
  const thresholds = thresholdChange(db, identity).map(({ after }): IdentityDecision => {
    return { id: 'threshold', type: 'set_rules', weights: {}, auto: after }
  })
  const answers = answersOf(identity)
  const { contradictions } = decide(room, db, answers, { isDry: true, batch: '', now: 0 })
  const refused = new Set(contradictions.map(({ pair }) => keyOf(pair)))
  const kept = answers.filter(({ pair }) => !refused.has(keyOf(pair)))
  const decisions = kept.flatMap((answer, i) => {
    return identityDecisionsOf({ ...entryOf(room, answer, { batch: '', now: 0 }), decisionNo: i })
  })
  return { decisions: [...decisions, ...thresholds], refused: contradictions }
}

/** What of the threshold changes, in words; nothing where it is that in force. @throws AppError usage/bad-argument */
export function thresholdChange(db: Writable, { threshold }: ImaginedIdentity): RuleDiff {
  return threshold === undefined ? [] : setRules(db, ruleChange(db, threshold, true), 0).diff
}

/** Sets the threshold, as one decision of its own. */
export function setThreshold(db: Writable, threshold: number, now: number): void {
  setRules(db, ruleChange(db, threshold, false), now)
}

function ruleChange(db: Writable, auto: number, dryRun: boolean): Parameters<typeof setRules>[1] {
  const { hash, thresholds } = rulesOf(db)
  return { changes: [], thresholds: { ...thresholds, auto }, hash, dryRun }
}

/** @throws AppError score/no-run */
export function demandSameData(isSame: boolean): void {
  if (!isSame)
    throw new AppError(
      'score/no-run',
      'the data or decisions have changed since these scores; score again before changing who is who in a scenario',
    )
}
