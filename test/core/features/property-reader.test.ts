import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PropertyReader } from '../../../core/features/property-reader.ts'
import { textColumnOf } from './world.ts'

const read = (key: string, ...texts: string[]): (string | null)[] => {
  const reader = new PropertyReader(key)
  const column = textColumnOf(texts)
  return texts.map((_, i) => reader.read(column, i))
}

test.each<readonly [text: string, want: string | null]>([
  ['{"feature":"reports"}', 'reports'],
  [' { "a" : 1 , "feature" : " reports " } ', 'reports'],
  ['{"a":{"feature":"inner"},"feature":"outer"}', 'outer'],
  ['{"a":["}",{"b":"]"}],"feature":"x"}', 'x'],
  ['{"a":"\\"feature\\":1","feature":"x"}', 'x'],
  ['{"feature":"a\\"b\\u00e9"}', 'a"bé'],
  ['{"feature":"日本"}', '日本'],
  ['{"feature":12.50}', '12.5'],
  ['{"feature":true}', 'true'],
  ['{"feature":null}', null],
  ['{"feature":""}', null],
  ['{"feature":"  "}', null],
  ['{"feature":["x"]}', null],
  ['{"feature":{"x":1}}', null],
  ['{"features":"x"}', null],
  ['{"a":1}', null],
  ['[{"feature":"x"}]', null],
  ['{"feature":', null],
  ['{"feature":"unclosed', null],
  ['{"a":"\\', null],
  ['', null],
  ['not json at all, but long', null],
])('%s', (text, want) => {
  expect(read('feature', text)).toEqual([want])
})

test('the same as parsing, whatever the object', () => {
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.constantFrom('a', 'feature', 'b"', 'ü'), fc.jsonValue({ maxDepth: 2 }))),
      objects => {
        const want = objects.map(object => {
          const value = object['feature']
          if (typeof value === 'number' || typeof value === 'boolean') return String(value)
          return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
        })
        expect(read('feature', ...objects.map(object => JSON.stringify(object)))).toEqual(want)
      },
    ),
  )
})
