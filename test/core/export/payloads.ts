import fc from 'fast-check'

const blank = fc.constantFrom('', ' ', '   ', '\t', '\r', '\n', '\r\n', '\u00a0', '\ufeff', '\u200b', '\u0000')
const sign = fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '=+', '=-', '-@', '+=')
const atom = fc.oneof(
  fc.constantFrom('1', '2.5', 'A1', '$B$22', 'SUM(A1:A9)', 'HYPERLINK("https://x.example","click")', '"text"'),
  fc.constantFrom(
    "cmd|' /C calc'!A0",
    "'Sheet 1'!A1",
    'Sheet1!B2',
    'Ahmad',
    '(1+2)',
    'IMPORTXML("x";"//a")',
    '.5',
    '10%',
  ),
)
const tail = fc.array(fc.tuple(fc.constantFrom('+', '-', '*', '/', '&', '<>', '^'), atom), { maxLength: 3 })
/** Cells that begin as formulas do: every sign, plain and full-width, behind what a spreadsheet skips. */
export const payload = fc
  .tuple(blank, sign, blank, atom, tail)
  .map(([before, own, between, first, rest]) => `${before}${own}${between}${first}${rest.flat().join('')}`)
