import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bCubedCurve } from '../../../../core/app/review/answered-records.ts'
import { APART_STEPS } from '../../../../core/identity/index.ts'

type Ground = Parameters<typeof bCubedCurve>[0]
const SIZE = 7

/** Answers about numbered records, the last one of a pair counts. */
function groundOf(given: readonly (readonly [a: number, b: number, isSame: boolean])[]): Ground {
  const decided = new Map(
    given.map(([a, b, isSame]) => [
      `${Math.min(a, b)} ${Math.max(a, b)}`,
      {
        pair: { question: 'persons', a: `u${a}`, b: `u${b}` },
        decision: { answer: isSame ? 'same' : 'different' },
      },
    ]),
  )
  const rowOf = new Map(Array.from({ length: SIZE }, (_, i) => [`u${i}`, i]))
  return { answers: { decided, skipped: new Set() }, desk: { rowOf } } as unknown as Ground // no more of it is read
}

/** By the words of the definition, record by record. */
function oracle({ answers }: Ground, isJoined: (a: number, b: number) => boolean): [precision: number, recall: number] {
  const pairs = [...answers.decided.values()].map(({ pair, decision }): [number, number, boolean] => [
    Number(pair.a.slice(1)),
    Number(pair.b.slice(1)),
    decision.answer === 'same',
  ])
  const records = [...new Set([...pairs.map(([a]) => a), ...pairs.map(([, b]) => b)])]
  const one = new Map(records.map(record => [record, new Set([record])]))
  const merge = (a: number, b: number): void => {
    const both = new Set([...(one.get(a) ?? []), ...(one.get(b) ?? [])])
    for (const record of both) one.set(record, both)
  }
  for (const [a, b, isSame] of pairs) if (isSame) merge(a, b)
  const isSame = (a: number, b: number): boolean => one.get(a)?.has(b) === true
  const isOther = (a: number, b: number): boolean =>
    !isSame(a, b) &&
    pairs.some(([x, y, same]) => !same && ((isSame(a, x) && isSame(b, y)) || (isSame(a, y) && isSame(b, x))))
  let [precision, recall] = [0, 0]
  for (const record of records) {
    const near = records.filter(other => other === record || isJoined(record, other))
    const right = near.filter(other => isSame(record, other)).length
    precision += right / near.filter(other => isSame(record, other) || isOther(record, other)).length
    recall += right / (one.get(record)?.size ?? 1)
  }
  return [precision / records.length, recall / records.length]
}

test('the curve is what the definition says at every threshold', () => {
  const record = fc.nat({ max: SIZE - 1 })
  const answer = fc.tuple(record, record, fc.boolean()).filter(([a, b]) => a !== b)
  // Records stand in a row; the weakest join between two is where they come together.
  const joins = fc.array(fc.constantFrom(-40, 0, 16, 48, APART_STEPS), { minLength: SIZE - 1, maxLength: SIZE - 1 })
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 9 }), joins, (given, row) => {
      const ground = groundOf(given)
      const heightOf = (a: number, b: number): number => Math.min(...row.slice(Math.min(a, b), Math.max(a, b)))
      const curve = bCubedCurve(ground, heightOf)
      expect(curve[0]?.bits).toBeNull()
      for (const steps of [999, 48, 16, 0, -40]) {
        const at = curve.findLast(({ bits }) => bits === null || bits * 16 >= steps)
        const [precision, recall] = oracle(ground, (a, b) => heightOf(a, b) >= steps && heightOf(a, b) > APART_STEPS)
        expect(at?.precision).toBeCloseTo(precision, 10)
        expect(at?.recall).toBeCloseTo(recall, 10)
      }
    }),
  )
})

test('without answers there is nothing to say', () => {
  expect(bCubedCurve(groundOf([]), () => 0)).toEqual([])
})
