import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterRecords } from '../../../../core/identity/cluster/cluster-records.ts'
import { DEFAULT_CONSTRAINTS } from '../../../../core/identity/cluster/constraints.ts'

const SIZE = 12
const record = fc.nat(SIZE - 1)
const edge = fc.record({ a: record, b: record, steps: fc.integer({ min: -20, max: 200 }) })
const own = fc.record({ scope: fc.nat(3), code: fc.nat(3) })

test('codes of many scopes forbid what one column per scope forbids', () => {
  fc.assert(
    fc.property(
      fc.array(edge, { maxLength: 40 }),
      fc.array(own, { minLength: SIZE, maxLength: SIZE }),
      fc.array(fc.tuple(record, record), { maxLength: 3 }),
      (list, codes, mustLinks) => {
        const edges = {
          a: Uint32Array.from(list, ({ a, b }) => Math.min(a, b)),
          b: Uint32Array.from(list, ({ a, b }) => Math.max(a, b)),
          steps: Int32Array.from(list, ({ steps }) => steps),
        }
        const base = { ...DEFAULT_CONSTRAINTS, mustLinks }
        const scoped = {
          scopes: Uint32Array.from(codes, ({ scope }) => scope),
          codes: Uint32Array.from(codes, ({ code }) => code),
        }
        const unique = [0, 1, 2, 3].map(scope => ({
          scope: String(scope),
          codes: Uint32Array.from(codes, one => (one.scope === scope ? one.code : 0)),
        }))
        expect(clusterRecords(SIZE, edges, { ...base, scoped })).toEqual(
          clusterRecords(SIZE, edges, { ...base, unique }),
        )
      },
    ),
  )
})
