import { bitsOfPrecision, MOST_SHARING_RECORDS } from '../bits.ts'
import { valuesOf } from '../block/gathered-values.ts'
import { countsOf } from '../columns/dictionary.ts'
import { identifierComparison } from '../compare/code-comparison.ts'
import { type Comparison, levelOf, levelRanks, levelSet, NOTHING, packed, stepsIn } from '../compare/comparison.ts'
import { frequencySteps, stepsOf } from '../weigh/steps.ts'
import type { USER_WEIGHTS } from '../weigh/user-weights.ts'
import type { Coded } from './user-columns.ts'

const LEVELS = ['nothing', 'network of many', 'same network', 'same', 'same, of several people'] as const
const RANK = levelRanks(LEVELS)
/** Where `identifierComparison` has the levels of a device. */
const AFTER_DEVICE = 1

type Columns = Readonly<{ device: Coded; network: Coded }>
type Ground = Readonly<{
  weights: (typeof USER_WEIGHTS)['device']
  /** Users of one device before it says nothing. */
  most: number
  isContested: (a: number, b: number) => boolean
}>

/**
 * Compares devices, and where these do not agree the networks that records were signed up from: one group, paid for once.
 *
 *   network: log2(m / u), u = (c - 2 + 0.5) / N, no more than a device of one user, 0 from 26 records on
 *
 * The network is no identifier and only supports: what joins by itself does so without it, also where three groups are asked for.
 *
 * @param columns devices and networks of the records
 * @param ground weights, and which devices several people have
 *
 * Source: docs/methods/identity.md, "Device and network".
 */
export function deviceComparison({ device, network }: Columns, { weights, most, isContested }: Ground): Comparison {
  const { precision } = weights.same
  const own = identifierComparison({ name: 'device', ...device }, precision, most, { isContested })
  const ceiling = Math.max(0, stepsOf(bitsOfPrecision(precision)))
  const { codes, texts } = network
  const counts = countsOf(codes, texts.length)
  const byCount = frequencySteps(weights['same network'].m, Math.max(1, codes.length), MOST_SHARING_RECORDS)
  const fromNetwork = (a: number, b: number): number => {
    const code = codes[a] as number // one code per record
    if (code === 0 || code !== codes[b]) return NOTHING
    const count = counts[code] as number // counted above
    if (count > MOST_SHARING_RECORDS) return packed(RANK['network of many'], 0)
    return packed(RANK['same network'], Math.min(ceiling, Math.max(0, byCount[count] as number)))
  }
  return {
    name: 'device',
    levels: LEVELS,
    most: Math.max(own.most, ceiling),
    reach: (a, b) => own.reach?.(a, b) || Math.max(0, stepsIn(fromNetwork(a, b))),
    apart: { steps: 0, values: [valuesOf(device.codes), valuesOf(codes)] },
    compare: (a, b) => {
      const found = own.compare(a, b)
      return levelOf(found) === 0 ? fromNetwork(a, b) : packed(levelOf(found) + AFTER_DEVICE, stepsIn(found))
    },
    value: (a, b) => (levelOf(own.compare(a, b)) === 0 ? (texts[codes[a] ?? 0] ?? '') : own.value(a, b)),
    identifiers: levelSet(LEVELS, ['same', 'same, of several people']),
    conflicts: 0,
    guesses: levelSet(LEVELS, ['same, of several people']),
    supports: levelSet(LEVELS, ['same network']),
  }
}
