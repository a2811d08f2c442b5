import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFormula } from '../../../core/export/index.ts'
import { payload } from './payloads.ts'
import { evaluates } from './spreadsheet.ts'

describe('the rule of a spreadsheet, read whole', () => {
  test.each([
    '=1+1',
    '=A1',
    '=Ahmad',
    '+A1',
    '-2+3',
    '-1-2',
    '@SUM(A1)',
    '+SUM(A1,2)',
    '-"x"&A1',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!D2",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    '-Sheet1!A1',
    "+'Sheet 1'!$A$1:B2",
    '\t=1+1',
    '\r=HYPERLINK("x")',
    '\n  +A1',
    '\u200b@SUM(A1)',
    '＝1+1',
    '＋A1',
    '－2＋3',
    '＠SUM(A1)',
    '-(1+2)',
    '-HYPERLINK ("https://x.example")',
    '+SUM (A1)',
    '-Ahmad+HYPERLINK("x")',
  ])('%j runs', cell => expect(evaluates(cell)).toBe(true))

  test.each([
    '-Ahmad',
    '- note',
    '+49 30 1234567',
    '+49-30-1234567',
    '+1 (555) 123-4567',
    '-12.5',
    '+3',
    '@handle',
    '-Ahmad (CEO)',
    '-5 apples',
    '-Ahmad+1',
    '-Draft (2)',
    '=>',
    '===',
    "'=1+1",
    'a=b',
    '1+1',
    '',
    '-',
  ])('%j does not', cell => expect(evaluates(cell)).toBe(false))
})

test('what a spreadsheet would run is a formula to the product', () => {
  fc.assert(
    fc.property(fc.oneof(payload, fc.string({ unit: 'binary' })), cell => {
      if (evaluates(cell)) expect(isFormula(cell)).toBe(true)
      expect(evaluates(`'${cell}`)).toBe(false)
    }),
    { numRuns: 600 },
  )
})
