import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createListSurvey } from '#import'
import { listsOfRecords } from '../../../../core/import/json/unread-lists.ts'
import { bytesOf } from '../read-file.ts'

function survey(bytes: Uint8Array, chunk: number, bomBytes = 0) {
  const found = createListSurvey({ encoding: 'utf-8', bomBytes })
  for (let at = 0; at < bytes.length; at += chunk) if (found.push(bytes.subarray(at, at + chunk))) break
  return found.lists()
}

describe('a survey of the lists of a document', () => {
  test('finds what a look at all of it finds, in any chunks', () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    const list = fc.array(fc.record({ id: fc.integer(), note: fc.string() }), { maxLength: 3 })
    const document = fc.dictionary(fc.string(), fc.oneof(value, list, fc.dictionary(fc.string(), list)))
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 40 }), fc.boolean(), (object, chunk, isSpread) => {
        const bytes = bytesOf(JSON.stringify(object, null, isSpread ? 1 : 0))
        expect(survey(bytes, chunk)).toEqual(listsOfRecords(bytes))
      }),
    )
  })

  test.each([
    { why: 'a list by itself', text: '[{"a":[{"b":1}]}]', lists: [] },
    { why: 'several objects', text: '{"a":[{"b":1}]}\n{"a":[{"b":1}]}', lists: [] },
    { why: 'no document', text: 'a,b\n{"a":[{"b":1}]}', lists: [] },
    {
      why: 'an object and blanks',
      text: '\ufeff\r\n{"a":[{"b":1}]}\r\n ',
      lists: [{ path: 'a', records: 1, line: 2 }],
    },
    { why: 'one that is cut off', text: '{"a":\r[{"b":1},{"b":[', lists: [{ path: 'a', records: 2, line: 2 }] },
  ])('$why', ({ text, lists }) => {
    for (const chunk of [1, 1000])
      expect(survey(bytesOf(text), chunk, text.startsWith('\ufeff') ? 3 : 0)).toMatchObject(lists)
    expect(survey(bytesOf(text), 1000, text.startsWith('\ufeff') ? 3 : 0).length).toBe(lists.length)
  })
})
