import { expect, test } from 'vitest'
import { amended } from '#lib/amended'
import { once } from '#lib/once'

test('work is done when its answer is first asked for, once, and again where it failed', () => {
  let runs = 0
  const answer = once(() => {
    runs++
    if (runs === 1) throw new Error('not yet')
    return { runs }
  })
  expect(runs).toBe(0)
  expect(answer).toThrow('not yet')
  expect(answer()).toEqual({ runs: 2 })
  expect(answer()).toBe(answer())
  expect(runs).toBe(2)
})

test('an amended value has what is changed from the changes and the rest from the whole, worked out when asked for', () => {
  const asked: string[] = []
  const whole = {
    plain: 1,
    get kept() {
      asked.push('kept')
      return 2
    },
    get changed() {
      asked.push('old')
      return 3
    },
  }
  const result = amended(whole, {
    get changed() {
      asked.push('new')
      return 'x'
    },
    more: true,
  })
  expect(asked).toEqual([])
  expect([result.plain, result.kept, result.changed, result.more]).toEqual([1, 2, 'x', true])
  expect(asked).toEqual(['kept', 'new'])
  expect(Object.keys(whole)).toEqual(['plain', 'kept', 'changed'])
})
