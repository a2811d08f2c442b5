import { describe, expect, test } from 'vitest'
import { isMissing, readBoolean, readId, readList, readObjectText } from '../../../../core/import/values/cell-reader.ts'
import type { FaultSlot } from '../../../../core/import/values/fault.ts'

const withFault =
  <T>(read: (text: string, slot: FaultSlot) => T) =>
  (text: string): T | string => {
    const slot: FaultSlot = { code: null }
    const value = read(text, slot)
    return slot.code ?? value
  }

describe('cells', () => {
  test.each(['', 'null', 'NULL', '\\N'])('"%s" is missing everywhere', text => {
    expect(isMissing(text, 'id')).toBe(true)
    expect(isMissing(text, 'text')).toBe(true)
    expect(isMissing(text, 'moment')).toBe(true)
  })
  test.each(['n/a', 'N/A', 'NA', '-', '--', 'none', 'None', '#N/A', '(blank)'])(
    '"%s" is missing but in names and ids',
    text => {
      expect(isMissing(text, 'number')).toBe(true)
      expect(isMissing(text, 'boolean')).toBe(true)
      expect(isMissing(text, 'id')).toBe(false)
      expect(isMissing(text, 'text')).toBe(false)
    },
  )
  test.each(['0000-00-00', '0000-00-00 00:00:00'])('%s is no moment', text => {
    expect(isMissing(text, 'moment')).toBe(true)
    expect(isMissing(text, 'text')).toBe(false)
  })
  test('the empty date of pandas is no value, elsewhere it is a text', () => {
    expect([isMissing('NaT', 'moment'), isMissing('NaT', 'text')]).toEqual([true, false])
  })
  test.each(['0', 'NaN', 'false', 'nobody'])('"%s" is a value', text => {
    expect(isMissing(text, 'number')).toBe(false)
  })

  test.each(['true', 'TRUE', 'Yes', 'y', 'T', '1', '1.0', 'on', 'WAHR', 'Ja', 'VRAI', 'Sí', 'ИСТИНА'])(
    '%s is true',
    text => {
      expect(withFault(readBoolean)(text)).toBe(true)
    },
  )
  test.each(['false', 'False', 'NO', 'n', 'f', '0', '0.0', 'off', 'FALSCH', 'Nein', 'FAUX', 'FALSO', 'ЛОЖЬ'])(
    '%s is false',
    text => {
      expect(withFault(readBoolean)(text)).toBe(false)
    },
  )
  test.each([
    ['2', 'value/not-a-boolean'],
    ['enabled', 'value/not-a-boolean'],
    ['########', 'value/cell-error'],
  ])('%s is %s', (text, want) => {
    expect(withFault(readBoolean)(text)).toBe(want)
  })

  test.each([
    ['007', '007'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e5', '1e5'],
    ['1.23E+10', 'value/rounded-number'],
    ['1,23E+10', 'value/rounded-number'],
    ['1E+15', 'value/rounded-number'],
    ['#REF!', 'value/cell-error'],
    ['########', 'value/cell-error'],
    ['#1', '#1'],
  ])('id %s is %s', (text, want) => {
    expect(withFault(readId)(text)).toBe(want)
  })

  test.each([
    ['a.com', ['a.com']],
    ['a.com; b.com ;;', ['a.com', 'b.com']],
    ['["a.com","b.com", 3, null]', ['a.com', 'b.com', '3']],
    ['[]', []],
    ['[a.com]', 'value/not-json'],
  ])('list %s', (text, want) => {
    expect(withFault(readList)(text)).toEqual(want)
  })

  test.each([
    ['{}', '{}'],
    ['{ "a" : [ 1.0, "x  y" ] }', '{"a":[1.0,"x  y"]}'],
    ['{"a":"\\" \\\\"}', '{"a":"\\" \\\\"}'],
    ['{"id":12345678901234567890}', '{"id":12345678901234567890}'],
    ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1}}'],
    ['[1]', 'value/not-json'],
    ['{a:1}', 'value/not-json'],
    ["{'a':1}", 'value/not-json'],
    ['12', 'value/not-json'],
    [`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'value/not-json'],
  ])('json %s', (text, want) => {
    expect(withFault(readObjectText)(text)).toBe(want)
  })
})
