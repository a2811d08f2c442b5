import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivationGround, activationEffect, activationRollups, reachedMilestones } from '#features'
import type { ScoringModel } from '#schema/model'
import { DEFAULT_MODEL } from '#score'
import { aged, day } from '../../score/scored.ts'
import { judged } from '../found.ts'
import type { EventRow, WorldRows } from '../world.ts'

type Activation = ScoringModel['activation']

const rule = (primary: Activation['primary'], secondary: Activation['secondary'] = []): Activation => ({
  primary,
  secondary,
})
const SEEN = rule({ kindSeen: 'key_action_completed' })

function groundOf(rows: WorldRows): ActivationGround {
  const { index, cells, units, judged: all, asOf } = judged(rows)
  return { index, facts: cells.bundle.facts, units, asOf, rollups: all.map(({ findings }) => findings.rollups) }
}

const key = (workspace: string, age: number): EventRow => ({
  name: 'key_action_completed',
  at: aged(age),
  workspace,
  user: `u-${workspace}`,
})

/** Created 30 days before as-of, activated at these ages; null: never. */
const worldOf = (ages: readonly (number | null)[]): WorldRows => ({
  workspaces: [
    { workspace_id: 'old', created_at: day(200) },
    ...ages.map((_, i) => ({ workspace_id: `w${i}`, created_at: `${day(30)}T12:00:00.000Z` })),
  ],
  events: [
    { name: 'login', at: aged(100), workspace: 'old', user: 'o' },
    ...ages.flatMap((age, i) => (age === null ? [] : [key(`w${i}`, age)])),
  ],
})

describe('the effect', () => {
  test('counts, the median and who changes', () => {
    const ground = groundOf(worldOf([29, 20, 26, null]))
    const draft = rule({ allOf: [{ kindSeen: 'key_action_completed' }, { rollup: 'mau_30d', atLeast: 1 }] })
    expect(activationEffect(ground, SEEN, SEEN)).toMatchObject({
      now: { workspaces: 5, activated: 3, timed: 4, medianDays: 4 },
      gained: 0,
      lost: 0,
      moved: 0,
    })
    expect(activationEffect(ground, SEEN, draft)).toMatchObject({
      draft: { activated: 3, medianDays: null },
      moved: 3,
    })
    expect(activationEffect(ground, SEEN, rule({ kindSeen: 'login' }))).toMatchObject({ gained: 1, lost: 3 })
  })

  test('workspaces created before the first event, deleted ones and sandboxes have no time', () => {
    const rows = worldOf([29])
    const more = [
      { workspace_id: 'd', created_at: day(30), workspace_status: 'deleted' },
      { workspace_id: 's', created_at: day(30), workspace_type: 'sandbox' },
    ]
    const effect = activationEffect(
      groundOf({ ...rows, workspaces: [...(rows.workspaces ?? []), ...more] }),
      SEEN,
      SEEN,
    )
    expect(effect.now).toMatchObject({ workspaces: 2, timed: 1 })
  })

  test('secondary milestones are counted by name', () => {
    const secondary = [{ id: 'team', holdsWhen: { activePersons: 1 } }]
    const effect = activationEffect(groundOf(worldOf([29, null])), SEEN, { ...SEEN, secondary })
    expect(effect.draft.secondary).toEqual([{ id: 'team', holds: 2 }])
  })
})

describe('the share activated within n days', () => {
  test('those who are still young count for as long as they are watched', () => {
    const ground = groundOf({
      workspaces: [
        { workspace_id: 'a', created_at: `${day(30)}T12:00:00.000Z` },
        { workspace_id: 'b', created_at: `${day(2)}T12:00:00.000Z` },
      ],
      events: [{ name: 'login', at: aged(40), workspace: 'a', user: 'o' }, key('a', 20)],
    })
    const { within } = activationEffect(ground, SEEN, SEEN).now
    expect(within.slice(0, 12)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
  })

  test('rises, stays within 0 and 1, and is the plain share where all are watched to the end', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 12 }), ages => {
        const { now } = activationEffect(groundOf(worldOf(ages)), SEEN, SEEN)
        for (const [n, share] of now.within.entries()) {
          expect(share).toBeGreaterThanOrEqual(now.within[n - 1] ?? 0)
          expect(share).toBeLessThanOrEqual(1)
        }
        const activated = ages.filter(age => age !== null).length
        expect(now.within[30]).toBeCloseTo(activated / ages.length, 9)
      }),
      { numRuns: 25 },
    )
  })
})

test('a rule in force gives the rollups that the findings have', () => {
  const rows = worldOf([29, 20, null])
  const ground = groundOf(rows)
  const { judged: all } = judged(rows)
  for (const [u, { findings }] of all.entries()) {
    expect(findings.rollups).toMatchObject(activationRollups(ground, u, DEFAULT_MODEL.activation))
    const [primary] = reachedMilestones(ground, u, [{ id: 'primary', holdsWhen: DEFAULT_MODEL.activation.primary }])
    expect(primary?.at).toBe(findings.rollups.activation_date)
  }
})
