/** Evidence from which two things are joined without asking, log2 odds. */
export const AUTO_BITS = 7
/** Records that may share an identifier before it says nothing about a person. */
export const MOST_SHARING_RECORDS = 25

const STEPS_PER_BIT = 16

/**
 * Weight of an identifier of known precision.
 *
 *   bits = round(16 * log2(precision / (1 - precision))) / 16
 *
 * @param precision share of pairs with an equal value that are the same, 0..1, both ends left out
 * @returns log2 odds in steps of 1/16, so that it is the same number on every machine
 *
 * Source: docs/methods/identity.md, "Bits".
 */
export function bitsOfPrecision(precision: number): number {
  return toSteps(Math.log2(precision / (1 - precision)))
}

/**
 * What a personal identifier loses because many records carry it.
 *
 *   malus = 2 * log2(max(1, (records - 1) / 3))
 *
 * @param records user records that share the value, at least 1
 * @returns bits to subtract, 0 up to 4 records, in steps of 1/16
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function genericityMalus(records: number): number {
  return toSteps(2 * Math.log2(Math.max(1, (records - 1) / 3)))
}

function toSteps(bits: number): number {
  return Math.round(bits * STEPS_PER_BIT) / STEPS_PER_BIT
}
