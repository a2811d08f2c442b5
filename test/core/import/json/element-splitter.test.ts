import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ElementSplitter } from '../../../../core/import/json/element-splitter.ts'

type Found = { line: number; text: string; fault: string }

function split(text: string, chunk = Math.max(1, text.length), cap = 1 << 20): Found[] | string {
  const found: Found[] = []
  const splitter = new ElementSplitter(
    cap,
    (bytes, line, fault) => found.push({ line, text: new TextDecoder().decode(bytes), fault }),
    ({ line, byte, message }) => {
      throw new Error(`${line}:${byte} ${message}`)
    },
  )
  const bytes = new TextEncoder().encode(text)
  try {
    for (let at = 0; at < bytes.length; at += chunk) splitter.push(bytes.subarray(at, at + chunk))
    splitter.end()
  } catch (error) {
    return (error as Error).message
  }
  return found
}
const ok = (line: number, text: string): Found => ({ line, text, fault: 'none' })

type Case = Readonly<{ why: string; text: string; want: readonly Found[] | string; cap?: number }>
const CASES: readonly Case[] = [
  { why: 'an array', text: '[{"a":1},\n {"b":[2]}]\n', want: [ok(1, '{"a":1}'), ok(2, '{"b":[2]}')] },
  { why: 'an empty array', text: ' [ ] ', want: [] },
  { why: 'one object', text: '{"a":\n{"data":[1]}}', want: [ok(1, '{"a":\n{"data":[1]}}')] },
  {
    why: 'an object that wraps records',
    text: '{"next":null,"data":[{"a":1},{"b":2}],"more":{"data":[{}]}}',
    want: [ok(1, '{"a":1}'), ok(1, '{"b":2}')],
  },
  { why: 'data that is no array wraps nothing', text: '{"data":{"a":[1]}}', want: [ok(1, '{"data":{"a":[1]}}')] },
  {
    why: 'a value "data" is not a key',
    text: '{"kind":"data","rows":[1]}',
    want: [ok(1, '{"kind":"data","rows":[1]}')],
  },
  {
    why: 'another key that begins alike',
    text: '{"dataset":[1],"dat":[2]}',
    want: [ok(1, '{"dataset":[1],"dat":[2]}')],
  },
  { why: 'brackets and quotes in strings', text: '["]", {"a":"}\\"]"}]', want: [ok(1, '"]"'), ok(1, '{"a":"}\\"]"}')] },
  { why: 'scalars', text: '[1, true,null ,"x"]', want: [ok(1, '1'), ok(1, 'true'), ok(1, 'null'), ok(1, '"x"')] },
  { why: 'lines end in three ways', text: '[\r\n{},\r{},\n\n{}]', want: [ok(2, '{}'), ok(3, '{}'), ok(5, '{}')] },
  {
    why: 'a broken record is one record',
    text: '[{"a":1]},{"b":2}]',
    want: '1:8 unexpected "}"; a comma belongs between two records',
  },
  {
    why: 'a record that is not JSON is left to the parser',
    text: '[{a:1},{"b":2}]',
    want: [ok(1, '{a:1}'), ok(1, '{"b":2}')],
  },
  { why: 'a missing comma', text: '[{}\n{}]', want: '2:4 unexpected "{"; a comma belongs between two records' },
  {
    why: 'a trailing comma',
    text: '[{},]',
    want: '1:4 unexpected "]"; a record belongs here: a comma too many stands beside it, or the record is missing',
  },
  {
    why: 'a leading comma',
    text: '[,{}]',
    want: '1:1 unexpected ","; a record belongs here: a comma too many stands beside it, or the record is missing',
  },
  {
    why: 'documents one after the other',
    text: '{"a":1}\n{"a":2}',
    want: '2:8 unexpected "{"; the document has ended before it: save all records as one list, or each on a line of its own (.jsonl)',
  },
  {
    why: 'more behind the document',
    text: '[{}] x',
    want: '1:5 unexpected "x"; the document has ended before it: save all records as one list, or each on a line of its own (.jsonl)',
  },
  {
    why: 'cut in a record',
    text: '[{"a":1},\n{"b":',
    want: '2:15 the file ends inside the record that starts on line 2',
  },
  { why: 'cut between records', text: '[{"a":1},', want: '1:9 the file ends before its closing bracket' },
  {
    why: 'cut in what comes behind the records',
    text: '{"data":[{}],"x":',
    want: '1:17 the file ends before its closing bracket',
  },
  { why: 'empty', text: ' \n', want: '2:2 the file is empty' },
  {
    why: 'a record beyond the cap keeps its beginning',
    cap: 4096,
    text: `[{"a":"${'x'.repeat(5000)}"},{"b":2}]`,
    want: [{ line: 1, text: `{"a":"${'x'.repeat(4090)}`, fault: 'row/too-long' }, ok(1, '{"b":2}')],
  },
  {
    why: 'a wrapper is found behind a member beyond the cap',
    cap: 4096,
    text: `{"a":"${'x'.repeat(5000)}","data":[{"b":2}]}`,
    want: [ok(1, '{"b":2}')],
  },
]

describe('records of a JSON document', () => {
  test.each(CASES)('$why', ({ text, want, cap }) => {
    expect(split(text, text.length, cap)).toEqual(want)
  })
  test.each(CASES)('$why, byte by byte', ({ text, want, cap }) => {
    expect(split(text, 1, cap)).toEqual(want)
  })
  test('are those that JSON.parse finds, in any chunks, written in any way', () => {
    const documents = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 })
    fc.assert(
      fc.property(
        documents,
        fc.boolean(),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(0, 1),
        (records, isWrapped, chunk, indent) => {
          const text = JSON.stringify(isWrapped ? { meta: '"data":[', data: records } : records, null, indent)
          const found = split(text, chunk) as Found[]
          expect(found.map(each => JSON.parse(each.text))).toEqual(JSON.parse(JSON.stringify(records)))
        },
      ),
    )
  })
})
