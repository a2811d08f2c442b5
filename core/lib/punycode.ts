const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const FIRST_BIAS = 72
const FIRST_CODE = 128

/**
 * Punycode of one label, without the `xn--` in front: ASCII characters first, then the others as position deltas.
 *
 * @param label any text; lower-cased and normalised before it comes here
 * @returns ASCII letters, digits and hyphens; for a label of ASCII only the label and a hyphen
 *
 * Source: RFC 3492, section 6.3.
 */
export function punycode(label: string): string {
  const codes = Array.from(label, character => character.codePointAt(0) ?? 0)
  const basic = codes.filter(code => code < FIRST_CODE)
  let output = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '')
  let handled = basic.length
  let threshold = FIRST_CODE
  let delta = 0
  let bias = FIRST_BIAS
  while (handled < codes.length) {
    const next = Math.min(...codes.filter(code => code >= threshold))
    delta += (next - threshold) * (handled + 1)
    threshold = next
    for (const code of codes) {
      if (code < threshold) delta++
      if (code !== threshold) continue
      output += digitsOf(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic.length)
      delta = 0
      handled++
    }
    delta++
    threshold++
  }
  return output
}

/** A generalised variable-length integer: digits in base 36 whose weights depend on the bias. */
function digitsOf(delta: number, bias: number): string {
  let text = ''
  let rest = delta
  for (let k = BASE; ; k += BASE) {
    const limit = Math.min(Math.max(k - bias, T_MIN), T_MAX)
    if (rest < limit) return text + digit(rest)
    text += digit(limit + ((rest - limit) % (BASE - limit)))
    rest = Math.floor((rest - limit) / (BASE - limit))
  }
}

/** a..z are 0..25, 0..9 are 26..35. */
function digit(value: number): string {
  return String.fromCharCode(value < 26 ? 97 + value : 22 + value)
}

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / DAMP) : Math.floor(delta / 2)
  rest += Math.floor(rest / count)
  let k = 0
  while (rest > ((BASE - T_MIN) * T_MAX) >> 1) {
    rest = Math.floor(rest / (BASE - T_MIN))
    k += BASE
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW))
}
