import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ElementSplitter } from '../../../../core/import/json/element-splitter.ts'
import { listWords, type UnreadLists } from '../../../../core/import/json/unread-lists.ts'

function unread(text: string, chunk = text.length): UnreadLists {
  const splitter = new ElementSplitter(
    1 << 20,
    () => undefined,
    ({ message }) => {
      throw new Error(message)
    },
  )
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += chunk) splitter.push(bytes.subarray(at, at + chunk))
  splitter.end()
  return splitter.unreadLists()
}

const CASES: readonly (readonly [why: string, text: string, want: readonly string[]])[] = [
  ['a list behind', '{"data":[{}],\n"more":[{},{}]}', ['"more" (2 records, line 2)']],
  ['a list before', '{"users":[{"a":"]"},{}],"data":[{}]}', ['"users" (2 records, line 1)']],
  ['a second list of the same name', '{"data":[{}],"data":[{}]}', ['"data" (1 record, line 1)']],
  ['a list of lists', '{"data":[{}],"rows":[["a"],["b"]]}', ['"rows" (2 records, line 1)']],
  ['a list inside an object', '{"data":[],"a":{"b":{"c":[{}]}}}', ['"a.b.c" (1 record, line 1)']],
  ['records by name', '{"data":[],"by":{"u1":{"x":[{}]},"u2":{}}}', ['"by" (2 records by name, line 1)']],
  ['lists inside records are theirs', '{"data":[{"x":[{}]}],"m":[{"y":[{},{}]}]}', ['"m" (1 record, line 1)']],
  ['no records: scalars, one object, empty lists', '{"n":1,"t":["a"],"e":[],"o":{"p":{}},"data":[{}],"z":{}}', []],
  ['names and brackets in strings', '{"data":[],"a\\"[{":"[{","b":[{"c":"}]"}]}', ['"b" (1 record, line 1)']],
  ['an object that is the record itself', '{"id":1,"orders":[{},{}]}', []],
  ['a list by itself', '[{"orders":[{}]}]', []],
]

describe('lists beside the records', () => {
  test.each(CASES)('%s', (_why, text, want) => {
    expect(unread(text).lists.map(listWords)).toEqual(want)
  })

  test('are the same for every size of the chunks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASES), fc.integer({ min: 1, max: 7 }), ([, text], chunk) => {
        expect(unread(text, chunk)).toEqual(unread(text))
      }),
    )
  })

  test('twenty are named, the others are counted', () => {
    const members = Array.from({ length: 25 }, (_, i) => `"l${i}":[{}]`)
    const { lists, more } = unread(`{"data":[],${members.join(',')}}`)
    expect([lists.length, lists.at(-1)?.path, more]).toEqual([20, 'l19', 5])
  })
})
