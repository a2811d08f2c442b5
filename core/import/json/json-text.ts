/** Where and why a text is not JSON. */
export type JsonFault = Readonly<{
  kind: 'syntax' | 'depth'
  /** Offset in UTF-16 units. */
  offset: number
  /** 1-based, of the text given. */
  line: number
  message: string
}>

export type JsonRead = Readonly<{ value: unknown; fault: null }> | Readonly<{ value: null; fault: JsonFault }>

/** Levels of nesting beyond which a record is refused. */
export const MAX_DEPTH = 64

/** A number whose text JavaScript may write otherwise: long digits, a fraction, an exponent, minus zero. */
const DELICATE = /(?:^|[[,\s]|["\s]:)(?:-0|-?(?:0|[1-9]\d*)[.eE]|-?\d{16})/

type Context = Readonly<{ source?: string }>
// Node 21 and Chromium 114 have both; the ES library of TypeScript does not declare them yet.
const json = JSON as unknown as Readonly<{
  parse(text: string, reviver: (key: string, value: unknown, context: Context) => unknown): unknown
  rawJSON(text: string): unknown
  isRawJSON(value: unknown): value is Readonly<{ rawJSON: string }>
}>

/**
 * Reads one JSON text (RFC 8259).
 *
 * A number that JavaScript would write otherwise than it is given (12345678901234567890, 1.0) keeps its text: it comes as
 * a raw value, which `jsonText` writes out unchanged. `__proto__` and its kin are plain members. Of equal keys the last counts.
 *
 * @returns the value, or where it stops being JSON or nests deeper than 64 levels
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function readJson(text: string): JsonRead {
  const deep = tooDeepAt(text)
  try {
    // The depth is judged after the syntax: brackets of a broken text need not be brackets.
    const value = DELICATE.test(text) ? json.parse(text, keepNumberText) : JSON.parse(text)
    if (deep < 0) return { value, fault: null }
    return failure(text, deep, 'depth', `nested deeper than ${MAX_DEPTH} levels`)
  } catch {
    if (deep >= 0) return failure(text, deep, 'depth', `nested deeper than ${MAX_DEPTH} levels`)
    const offset = syntaxFaultAt(text)
    return failure(text, offset, 'syntax', offset >= text.length ? 'the text ends too early' : seen(text, offset))
  }
}

/** Is the text JSON, nested no deeper than 64 levels? */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
  } catch {
    return false
  }
  return tooDeepAt(text) < 0
}

/** A value of `readJson` as JSON text, numbers as they were given. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value)
}

/** Text of a number as it was given; null where the value is no number. */
export function numberText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return json.isRawJSON(value) ? value.rawJSON : null
}

/** A number that is written as JSON, as `readJson` would give it. */
export function numberOfText(text: string): unknown {
  const value = Number(text)
  return String(value) === text ? value : json.rawJSON(text)
}

/** JSON text without the blanks between its tokens; the tokens keep their spelling. */
export function compactJson(text: string): string {
  if (!/\s/.test(text)) return text
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
}

function keepNumberText(_key: string, value: unknown, { source }: Context): unknown {
  return typeof value === 'number' && source !== undefined && String(value) !== source ? json.rawJSON(source) : value
}

function failure(text: string, offset: number, kind: JsonFault['kind'], message: string): JsonRead {
  const line = text.slice(0, offset).split(/\r\n|\r|\n/).length
  return { value: null, fault: { kind, offset, line, message } }
}

function seen(text: string, offset: number): string {
  return `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 0))}`
}

/** Offset of the first bracket beyond the allowed depth, -1 where there is none. */
function tooDeepAt(text: string): number {
  if (countOf(text, '{') + countOf(text, '[') <= MAX_DEPTH) return -1
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 34) at = stringEnd(text, at)
    else if (unit === 123 || unit === 91) depth++
    else if (unit === 125 || unit === 93) depth--
    if (depth > MAX_DEPTH) return at
  }
  return -1
}

/** Position of the quote that closes the string opened at `at`; the end of the text where none does. */
function stringEnd(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && text.charCodeAt(end) !== 34) end += text.charCodeAt(end) === 92 ? 2 : 1
  return end
}

function countOf(text: string, bracket: string): number {
  let count = 0
  for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) count++
  return count
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)))/y

/** What may come next: a value, a value or `]`, a key or `}`, a key, `:`, or `,` and closing brackets. */
type Expected = 'value' | 'firstValue' | 'firstKey' | 'key' | 'colon' | 'next'

/**
 * Offset at which a text that is not JSON stops being the beginning of one; its length where it only ends too early.
 * Walks the tokens with the open brackets on a stack, so that the depth is not bounded by the call stack.
 */
function syntaxFaultAt(text: string): number {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = 0
  for (;;) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) return blanksEnd(text, at)
    const token: string = match[1] ?? (match[2] === undefined ? 'scalar' : 'string')
    const next = after(token, expected, open)
    if (next === null) return blanksEnd(text, at)
    expected = next
    at = TOKEN.lastIndex
  }
}

function blanksEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++
  return at
}

type Step = Expected | 'comma' | 'close'

const VALUE = { string: 'next', scalar: 'next', '{': 'firstKey', '[': 'firstValue' } as const
const STEPS: Readonly<Record<Expected, Readonly<Record<string, Step>>>> = {
  value: VALUE,
  firstValue: { ...VALUE, ']': 'close' },
  key: { string: 'colon' },
  firstKey: { string: 'colon', '}': 'close' },
  colon: { ':': 'value' },
  next: { ',': 'comma', '}': 'close', ']': 'close' },
}

/** What is expected after a token, null where it may not stand here. Opens and closes brackets on the stack. */
function after(token: string, expected: Expected, open: string[]): Expected | null {
  const step = STEPS[expected][token]
  const bracket = open.at(-1)
  if (step === 'comma') return bracket === undefined ? null : bracket === '{' ? 'key' : 'value'
  if (step === 'close') {
    open.pop()
    return bracket === (token === '}' ? '{' : '[') ? 'next' : null
  }
  if (token === '{' || token === '[') open.push(token)
  return step ?? null
}
