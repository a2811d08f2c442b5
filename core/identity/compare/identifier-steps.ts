import { bitsOfPrecision, genericityMalus, MOST_SHARING_RECORDS } from '../bits.ts'
import { stepsOf } from '../weigh/steps.ts'

/**
 * Steps of an identifier by how many records share it.
 *
 *   steps[code] = 16 * (log2(p / (1 - p)) - malus(count[code])), 0 where more share it than may
 *
 * @param counts records per code
 * @param precision share of pairs with one value that are one, 0..1
 * @param most records that may share a value before it identifies nobody
 * @returns steps per code
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function identifierSteps(counts: Uint32Array, precision: number, most = MOST_SHARING_RECORDS): Int32Array {
  const whole = bitsOfPrecision(precision)
  const byCount = Int32Array.from({ length: most + 1 }, (_, count) =>
    stepsOf(whole - genericityMalus(Math.max(1, count))),
  )
  return stepsByCode(counts, byCount)
}

/**
 * Steps by code from steps by count.
 *
 * @param counts records per code
 * @param byCount steps by count; counts beyond it have 0
 *
 * Source: docs/methods/identity.md, "Term frequency".
 */
export function stepsByCode(counts: Uint32Array, byCount: Int32Array): Int32Array {
  const steps = new Int32Array(counts.length)
  for (let code = 0; code < counts.length; code++) steps[code] = byCount[counts[code] as number] ?? 0 // code < length
  return steps
}
