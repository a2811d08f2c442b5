import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Encoding } from '#schema/import'
import { encodedText } from '../../../../core/import/encoded-text.ts'
import { bytesOf } from '../read-file.ts'
import { anyLines, HEADS } from './any-lines.ts'
import { FAST, MOST_BYTES, outcome, plansOf, REFERENCE, sizes } from './both-ways.ts'
import { chunksOf } from './reading.ts'

const RUNS = Number(process.env['PQL_RUNS'] ?? 60)

/** What stands around the records of a document. */
const FRAMES: readonly (readonly [before: string, behind: string])[] = [
  ['[', ']'],
  ['\n [\r\n', '\n]\n'],
  ['{"data":[', ']}'],
  ['{"next":"[{}]","data":[', '],"more":[{"a":1},{"a":2}]}'],
  ['{"meta":{"data":[1]},"data" : [ ', ' ] , "by":{"x":{},"y":{}} }\r'],
]
const PLANS = FRAMES.map(([before, behind]) => HEADS.map(head => plansOf(`${before}${head},${head}${behind}`, 'json')))

/** @returns rows of a file, and how many of them came the fast way */
function compare(
  frame: number,
  head: number,
  bytes: Uint8Array,
  cuts: readonly number[],
  encoding: Encoding = 'utf-8',
) {
  const [plan, ...others] = (PLANS[frame]?.[head] ?? []).map(each => ({ ...each, encoding }))
  if (plan?.table !== 'events') throw new Error('the head has no plan')
  for (const other of others) {
    const found = outcome(other, chunksOf(bytes, cuts), FAST)
    if (found !== null) expect(found.found).toEqual(outcome(other, [bytes], REFERENCE)?.found)
  }
  const found = outcome(plan, chunksOf(bytes, cuts), FAST)
  expect(found).not.toBeNull()
  const expected = outcome(plan, [bytes], REFERENCE)?.found
  // Of a refused file nothing is kept: only the reason counts.
  if (expected?.refused === null) expect(found?.found).toEqual(expected)
  else expect(found?.found.refused).toEqual(expected?.refused)
  return { emitted: found?.found.emitted ?? 0, fast: found?.fastRows ?? 0 }
}

const document = (frame: number, records: readonly string[], gap = ','): Uint8Array => {
  const [before, behind] = FRAMES[frame] ?? ['[', ']']
  return bytesOf(`${before}${records.join(gap)}${behind}`)
}

/** A record as those who write for people do. */
const spread = (record: string): string => JSON.stringify(JSON.parse(record), null, 2)

const gaps = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(',', ', ', ',\n', '\r\n ,\r\t') },
  fc.constantFrom('', '\n', ',,', ',"x",', ',[{}],', ',7,', ',null ,', ', \\"{,', '},', ',{"a":"}\\""},'),
)
const anyDocument = fc
  .tuple(fc.nat(FRAMES.length - 1), anyLines, fc.array(gaps, { minLength: 1, maxLength: 4 }), fc.nat(9))
  .map(([frame, [head, lines], between, choice]) => {
    // Some files are broken between their records, most are not.
    const sound = between.map(gap => (choice < 6 && /^[\s,]*$/.test(gap) && gap.includes(',') ? gap : ','))
    const used = choice < 8 ? sound : between
    const [before, behind] = FRAMES[frame] ?? ['[', ']']
    const records = lines.map(line => line.replace(/^\ufeff|[\r\n]+$/g, ''))
    const kept = choice < 8 ? records.filter(line => isElement(line)) : records
    const text = kept.map((record, i) => (i === 0 ? '' : (used[i % used.length] ?? ',')) + record).join('')
    return { frame, head, text: `${before}${text}${behind}` }
  })

/** Would a text be one element of a list, sound or not? */
function isElement(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('documents read from their bytes come to what the reference makes of them', () => {
  const each = FRAMES.flatMap((_, frame) => HEADS.map((head, i) => ({ frame, head, i })))
  test.each(each)('and plain records need no reference: frame $frame, head $i', ({ frame, head, i }) => {
    for (const cuts of [[7], [1 << 20]]) {
      expect(compare(frame, i, document(frame, [head, head, head]), cuts)).toEqual({ emitted: 3, fast: 3 })
      const wide = document(frame, [spread(head), spread(head).replaceAll('\n', '\r\n'), head], '\n  , ')
      expect(compare(frame, i, wide, cuts)).toEqual({ emitted: 3, fast: 3 })
    }
  })

  test('whatever the records are', () => {
    let emitted = 0
    let fast = 0
    fc.assert(
      fc.property(anyDocument, sizes, ({ frame, head, text }, cuts) => {
        const found = compare(frame, head, bytesOf(text), cuts)
        emitted += found.emitted
        fast += found.fast
      }),
      { numRuns: RUNS },
    )
    expect(fast).toBeGreaterThan(emitted / 4)
  })

  test('bytes changed anywhere, valid UTF-8 or not', () => {
    const odd = [0, 10, 13, 32, 34, 44, 58, 91, 92, 93, 123, 125, 0x80, 0xc2, 0xff, 65]
    const change = fc.tuple(fc.nat(), fc.constantFrom(...odd))
    fc.assert(
      fc.property(anyDocument, fc.array(change, { maxLength: 4 }), sizes, ({ frame, head, text }, changes, cuts) => {
        const bytes = bytesOf(text)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        compare(frame, head, bytes, cuts)
      }),
      { numRuns: RUNS },
    )
  })

  test.each(['utf-16le', 'utf-16be', 'windows-1252', 'shift_jis', 'gb18030', 'koi8-r'] as const)(
    'in %s, with bytes changed anywhere',
    encoding => {
      let fast = 0
      const change = fc.tuple(fc.nat(), fc.constantFrom(0, 10, 34, 44, 65, 0x80, 0xd8, 0xff))
      fc.assert(
        fc.property(anyDocument, fc.array(change, { maxLength: 2 }), sizes, ({ frame, head, text }, changes, cuts) => {
          const bytes = encodedText(text, encoding)
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte
          fast += compare(frame, head, bytes, cuts, encoding).fast
        }),
        { numRuns: Math.ceil(RUNS / 3) },
      )
      expect(fast).toBeGreaterThan(0)
    },
  )

  const event = (rest: string): string => `${HEADS[0]?.slice(0, -1)}${rest}}`
  const long = 'x'.repeat(MOST_BYTES)
  const many = (count: number, text: (i: number) => string): string[] =>
    Array.from({ length: count }, (_, i) => text(i))
  test.each([
    { why: 'no record', records: [] },
    { why: 'records longer than the cap', records: [event(''), event(`,"z":"${long}"`), event(''), `"${long}"`] },
    { why: 'many of nearly the cap', records: many(40, i => event(`,"region":"${long.slice(i + 300)}"`)) },
    {
      why: 'a record as long as a piece, brackets in texts',
      records: many(9, i => event(`,"build":"${'}]{"['.slice(0, i % 3)}"`)),
    },
    {
      why: 'backslashes at every place of 64 bytes',
      records: many(200, i => event(`,"region":"${' '.repeat(i)}\\\\\\"}\\\\"`)),
    },
    { why: 'quotes and backslashes outside of texts', records: [event(''), '{\\"a":1}', '{"a":1\\}"}', event('')] },
    {
      why: 'lists, texts and numbers among them',
      records: [event(''), '[{}]', '"{}"', event(''), '7', 'null', event('')],
    },
    {
      why: 'records of which most are for the reference',
      records: many(5000, i => event(i % 5 === 0 ? '' : ',"late":1')),
    },
    {
      why: 'lines in records',
      records: many(300, i => spread(event('')).replaceAll('\n', i % 3 === 0 ? '\r' : '\r\n')),
    },
  ])('$why', ({ records }) => {
    const isLarge = records.join('').length > 300_000
    for (const frame of isLarge ? [3] : FRAMES.keys()) {
      const bytes = document(frame, records, frame % 2 === 0 ? ',' : ' ,\n')
      for (const cuts of isLarge ? [[1 << 20]] : [[1 << 20], [1000, 3]]) compare(frame, 0, bytes, cuts)
    }
  })

  test.each([
    { why: 'that end too early', text: `[${HEADS[0]},` },
    { why: 'that end inside a record', text: `[${HEADS[0]},{"event_id":` },
    { why: 'without a comma', text: `[${HEADS[0]}\n${HEADS[0]}]` },
    { why: 'with one comma more', text: `[${HEADS[0]},\n,${HEADS[0]}]` },
    { why: 'closed too early', text: `[${HEADS[0]},\r\n${HEADS[0]}},${HEADS[0]}]` },
  ])('documents $why are refused at the same place', ({ text }) => {
    for (const cuts of [[1 << 20], [3]]) compare(0, 0, bytesOf(text), cuts)
  })
})
