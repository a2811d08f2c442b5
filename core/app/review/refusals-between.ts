import type { Output } from '#contract/contract'
import { DECIDED_STEPS, REFUSALS } from '#identity'
import { bitsText } from '#lib/num'
import { nameBoth } from './names.ts'
import type { Room } from './room.ts'

type Refusals = Output<'identity.why'>['refusals']

const STEPS_PER_BIT = 16

/** Why a join was refused, in words. */
export const REFUSAL_REASONS: Readonly<Record<(typeof REFUSALS)[number], string>> = {
  cannot_link: 'an answer keeps them apart',
  unique_id: 'one provider gave them two SSO subjects',
  too_many_ids: 'together they would have more than five addresses or twenty devices',
  too_large: 'together they would be more than 200 records',
  weak_bridge: 'one weak edge between two groups is not enough',
}

/** Joins between the persons of two rows that were refused, and why. */
export function refusalsBetween({ db, desk: { found } }: Room, x: number, y: number): Refusals {
  const { refusals } = found.joined.forest
  const { ids } = found.joined
  const personOf = (row: number): number | undefined => found.personOfUser.get(ids[row] ?? '')
  const [own, other] = [personOf(x), personOf(y)]
  return Array.from(refusals.steps, (steps, i) => {
    const [a, b] = [refusals.a[i] as number, refusals.b[i] as number] // one of each per refusal
    const [p, q] = [personOf(a), personOf(b)]
    if (!((p === own && q === other) || (p === other && q === own))) return []
    const reason = REFUSALS[refusals.reason[i] ?? 0] ?? 'cannot_link'
    const weight = steps === DECIDED_STEPS ? 'answered with the same' : `${bitsText(steps / STEPS_PER_BIT)} bits`
    const keys = { a: ids[a] ?? '', b: ids[b] ?? '' }
    const [left, right] = nameBoth(db, ['user', keys.a], ['user', keys.b])
    return [{ ...keys, reason, sentence: `${left} and ${right} (${weight}): ${REFUSAL_REASONS[reason]}.` }]
  }).flat()
}
