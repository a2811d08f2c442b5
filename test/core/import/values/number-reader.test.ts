import { describe, expect, test } from 'vitest'
import type { FaultSlot } from '../../../../core/import/values/fault.ts'
import { type DecimalMark, type NumberKind, numberReader } from '../../../../core/import/values/number-reader.ts'

function read(text: string, kind: NumberKind = 'number', decimal: DecimalMark = '.'): number | string {
  const slot: FaultSlot = { code: null }
  const value = numberReader(kind, decimal).read(text, slot)
  return slot.code ?? value
}
function evidence(text: string, kind: NumberKind = 'number'): string {
  const { tally, read: readOne } = numberReader(kind, '.')
  readOne(text, { code: null })
  return Object.entries(tally)
    .filter(([, count]) => count > 0)
    .map(([name]) => name)
    .join()
}

describe('numbers', () => {
  test.each<[string, NumberKind, DecimalMark, number | string]>([
    ['12', 'number', '.', 12],
    ['-12.5', 'number', '.', -12.5],
    ['+3', 'number', '.', 3],
    ['\u22123', 'number', '.', -3],
    ['.5', 'number', '.', 0.5],
    ['5.', 'number', '.', 5],
    ['-0', 'number', '.', 0],
    ['1e3', 'number', '.', 1000],
    ['1.5E-3', 'number', '.', 0.0015],
    ['1,5e3', 'number', ',', 1500],
    ['1,234,567.89', 'number', '.', 1234567.89],
    ['1.234.567,89', 'number', ',', 1234567.89],
    ['1 234 567,89', 'number', ',', 1234567.89],
    ["12'345.60", 'number', '.', 12345.6],
    ['12\u00a0345', 'integer', '.', 12345],
    ['12,34,567', 'number', '.', 1234567],
    ['1,234', 'number', '.', 1234],
    ['1,234', 'number', ',', 1.234],
    ['12.0', 'integer', '.', 12],
    ['12.5', 'integer', '.', 'value/not-an-integer'],
    ['9007199254740993', 'integer', '.', 'value/not-an-integer'],
    ['$1,234.50', 'money', '.', 1234.5],
    ['-$5', 'money', '.', -5],
    ['1.234,50 €', 'money', ',', 1234.5],
    ['USD 99', 'money', '.', 99],
    ['99 EUR', 'money', '.', 99],
    ['US$12', 'money', '.', 12],
    ['12,50 kr', 'money', ',', 12.5],
    ['123,45-', 'number', ',', -123.45],
    ['1.234-', 'integer', ',', -1234],
    ['99.50- EUR', 'money', '.', -99.5],
    ['12.-', 'money', '.', 'value/not-a-number'],
    ['5-7', 'number', '.', 'value/not-a-number'],
    ['-5-', 'number', '.', 'value/not-a-number'],
    ['(123.45)', 'money', '.', -123.45],
    ['$(1,234.50)', 'money', '.', -1234.5],
    ['(€5.00)', 'money', '.', -5],
    ['(-5)', 'money', '.', 'value/not-a-number'],
    ['(5) 300', 'money', '.', 'value/not-a-number'],
    ['(5)', 'number', '.', 'value/not-a-number'],
    ['\u0661\u0662\u066b\u0665', 'number', '.', 12.5],
    ['\u0661\u066c\u0662\u0663\u0664\u066b\u0665', 'number', ',', 1234.5],
    ['１２．５', 'number', '.', 12.5],
    ['\u200f12.5', 'number', '.', 12.5],
    ['$5', 'number', '.', 'value/not-a-number'],
    ['12%', 'number', '.', 'value/not-a-number'],
    ['NaN', 'number', '.', 'value/not-a-number'],
    ['Infinity', 'number', '.', 'value/not-a-number'],
    ['1e999', 'number', '.', 'value/not-a-number'],
    ['0x10', 'number', '.', 'value/not-a-number'],
    ['12,5', 'number', '.', 'value/not-a-number'],
    ['1,23,4', 'number', '.', 'value/not-a-number'],
    ['1 2', 'number', '.', 'value/not-a-number'],
    ['twelve', 'number', '.', 'value/not-a-number'],
    ['#DIV/0!', 'money', '.', 'value/cell-error'],
  ])('%s as %s with %s is %s', (text, kind, decimal, want) => {
    expect(read(text, kind, decimal)).toBe(want)
  })

  test.each<[string, NumberKind, string]>([
    ['12', 'number', ''],
    ['12.5', 'number', 'point'],
    ['12,5', 'number', 'comma'],
    ['1,234', 'number', 'either'],
    ['1.234', 'number', 'either'],
    ['0.125', 'number', 'point'],
    ['1234.567', 'number', 'point'],
    ['1,234.5', 'number', 'point'],
    ['1.234,5', 'money', 'comma'],
    ['1,234,567', 'number', 'point'],
    ['1.234', 'integer', 'comma'],
    ['1,234', 'integer', 'point'],
    ['1,000', 'integer', 'either'],
    ['$1,234', 'money', 'either'],
    ['1e5', 'number', ''],
    ['none', 'number', ''],
  ])('%s as %s tells %s', (text, kind, want) => {
    expect(evidence(text, kind)).toBe(want)
  })
})
