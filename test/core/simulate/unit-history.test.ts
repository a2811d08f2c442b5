import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clamp } from '#lib/num'
import { changeCauses, DEFAULT_MODEL, rejudgedChanges } from '#score'
import { dailyScores, explainedAt, nextSteps, type UnitWorld, unitWorld } from '#simulate'
import type { WorldRows } from '../features/world.ts'
import { event, model, world } from '../score/random-world.ts'
import { aged, scoreOf } from '../score/scored.ts'

const rows: fc.Arbitrary<WorldRows> = world
const earlier = fc.integer({ min: 0, max: 40 })

function worldsOf(from: WorldRows, by: typeof DEFAULT_MODEL): readonly UnitWorld[] {
  const { units, bundle } = scoreOf(from, { model: by })
  return units.map((unit, u) => unitWorld(bundle.cells, u, { unit, model: by }))
}

const clamped = ({ total }: { total: number }) => clamp(total, 0, 100)
const sum = (list: readonly { points: number }[]) => list.reduce((total, { points }) => total + points, 0)

describe('a score over time', () => {
  test('ends with the score of the run, bit for bit', () => {
    fc.assert(
      fc.property(rows, model, (from, by) => {
        const { scores, ground } = scoreOf(from, { model: by })
        for (const [u, one] of worldsOf(from, by).entries()) {
          expect(explainedAt(one, ground.today).score).toEqual(scores[u])
          expect(dailyScores(one, ground.today, ground.today).total[0]).toBe(scores[u]?.total)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('is at each day what the events up to it come to', () => {
    const bare = fc.record({
      workspaces: fc.constant([{ workspace_id: 'w1' }]),
      // A person with an event on the first day is one of the unit's people whatever the day.
      events: fc
        .array(event, { minLength: 1, maxLength: 25 })
        .map(list => [
          ...list,
          ...['a', 'b', 'c', 'd', 'e'].map(user => ({ name: 'login', at: aged(60), workspace: 'w1', user })),
        ]),
    })
    fc.assert(
      fc.property(bare, model, earlier, (from, by, age) => {
        const { ground } = scoreOf(from, { model: by })
        const [one] = worldsOf(from, by)
        if (one === undefined) throw new Error('the world has a unit')
        const then = scoreOf(from, { model: by, asOf: aged(age, -43_199_999) })
        const day = ground.today - age
        expect(explainedAt(one, day).score).toEqual(then.score('w1'))
        expect(dailyScores(one, day - 1, day).score[1]).toBe(then.score('w1').score)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what changed', () => {
  test('causes add up to the change of the score to 1e-9, whatever the model', () => {
    fc.assert(
      fc.property(rows, model, earlier, (from, by, age) => {
        const { ground } = scoreOf(from, { model: by })
        for (const one of worldsOf(from, by)) {
          const [before, now] = [explainedAt(one, ground.today - age), explainedAt(one, ground.today)]
          const changes = changeCauses(before, now)
          expect(Math.abs(sum(changes) - (clamped(now.score) - clamped(before.score)))).toBeLessThan(1e-9)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a kept score and the same instant judged anew differ by what is told', () => {
    fc.assert(
      fc.property(rows, model, model, (from, by, other) => {
        const [kept, anew] = [scoreOf(from, { model: by }).scores, scoreOf(from, { model: other }).scores]
        for (const [u, score] of anew.entries()) {
          const before = kept[u] ?? null
          const changes = rejudgedChanges(before, score, { isOtherModel: true, isOtherUnit: false })
          const difference = clamped(score) - (before === null ? 0 : clamped(before))
          expect(Math.abs(sum(changes) - difference)).toBeLessThan(1e-9)
        }
      }),
      { numRuns: 30 },
    )
  })

  const causesOf = (events: WorldRows['events'], age: number, by = DEFAULT_MODEL) => {
    const from: WorldRows = {
      workspaces: [{ workspace_id: 'w', created_at: '2026-05-25' }],
      users: [{ user_id: 'a', workspace_id: 'w', product_role: 'admin' }],
      events: [{ name: 'login', at: aged(40), workspace: 'w', user: 'a' }, ...(events ?? [])],
    }
    const { ground } = scoreOf(from, { model: by })
    const [one] = worldsOf(from, by)
    if (one === undefined) throw new Error('the world has a unit')
    const changes = changeCauses(explainedAt(one, ground.today - age), explainedAt(one, ground.today))
    return changes.map(({ cause, signal, points }) => [cause, signal, Math.sign(points)])
  }
  const hit = (age: number) => ({ name: 'usage_limit_hit', at: aged(age), workspace: 'w', user: 'a' })
  const invite = (age: number) => ({ name: 'invite_sent', at: aged(age), workspace: 'w', user: 'a' })
  const linear = {
    ...DEFAULT_MODEL,
    buckets: { ...DEFAULT_MODEL.buckets, intent: { ...DEFAULT_MODEL.buckets.intent, curve: 'linear' as const } },
  }
  test.each([
    { why: 'an event since', changes: causesOf([hit(1)], 3), want: [['new events', 'usage_limit_hit', 1]] },
    { why: 'age alone', changes: causesOf([hit(10)], 3), want: [['decay', 'usage_limit_hit', -1]] },
    {
      why: 'out of a linear window',
      changes: causesOf([hit(9)], 3, linear),
      want: [['left the window', 'usage_limit_hit', -1]],
    },
    {
      why: 'a cap',
      changes: causesOf(
        Array.from({ length: 8 }, () => invite(1)),
        3,
      ),
      want: [
        ['new events', 'invite_sent', 1],
        ['cap', 'invite_sent', -1],
      ],
    },
  ])('$why is told as such', ({ changes, want }) => {
    expect(changes.filter(([, signal]) => signal !== 'new_active_user')).toEqual(want)
  })
})

describe('the next step', () => {
  test('reaches the score, and one event less does not', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(5, 20, 40), (from, target) => {
        const { ground } = scoreOf(from)
        for (const one of worldsOf(from, DEFAULT_MODEL)) {
          const steps = nextSteps(one, ground.today, target)
          for (const { score } of steps) expect(score).toBeGreaterThanOrEqual(target)
          expect(steps.map(({ times }) => times)).toEqual(steps.map(({ times }) => times).toSorted((a, b) => a - b))
        }
      }),
      { numRuns: 15 },
    )
  })

  test('is what a re-score says once it is done', () => {
    const from: WorldRows = {
      workspaces: [{ workspace_id: 'w', created_at: '2026-05-01' }],
      users: [{ user_id: 'a', workspace_id: 'w', product_role: 'admin' }],
      events: [{ name: 'core_feature_used', at: aged(1), workspace: 'w', user: 'a' }],
    }
    const { ground } = scoreOf(from)
    const [one] = worldsOf(from, DEFAULT_MODEL)
    const steps = one === undefined ? [] : nextSteps(one, ground.today, 20)
    expect(steps.length).toBeGreaterThan(0)
    for (const { kind, signal, times, score } of steps) {
      if (kind !== 'events' || signal === 'new_active_user') continue
      const more = Array.from({ length: times }, () => ({ name: signal ?? '', at: aged(0), workspace: 'w', user: 'a' }))
      expect(scoreOf({ ...from, events: [...(from.events ?? []), ...more] }).score('w').score).toBe(score)
      const fewer = scoreOf({ ...from, events: [...(from.events ?? []), ...more.slice(1)] }).score('w').score
      expect(fewer).toBeLessThan(20)
    }
  })
})
