/** Sum in the order given; an empty list is 0. */
export function sum(xs: readonly number[]): number {
  let total = 0
  for (const x of xs) total += x
  return total
}

/** `x` held within [min, max]; either bound may be absent. */
export function clamp(x: number, min: number | undefined, max: number | undefined): number {
  if (max !== undefined && x > max) return max
  if (min !== undefined && x < min) return min
  return x
}

/** Rounded half up to `decimals` places; the decimal shift is done in text, so 1.005 at 2 places is 1.01. */
export function roundTo(x: number, decimals: number): number {
  if (!Number.isFinite(x)) return x
  const shifted = shift(x, decimals)
  return shift(Math.floor(shifted + 0.5), -decimals)
}

/** Evidence in bits as texts give it: `+7.31`, `−0.06`, `0`; two decimals at most, half away from zero, minus is U+2212. */
export function bitsText(bits: number): string {
  const text = String(roundTo(Math.abs(bits), 2))
  if (text === '0') return text
  return bits < 0 ? `−${text}` : `+${text}`
}

function shift(x: number, places: number): number {
  const [mantissa, exponent = '0'] = String(x).split('e')
  return Number(`${mantissa}e${Number(exponent) + places}`)
}
