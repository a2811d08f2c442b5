import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpusBytes, corpusFiles, hasCorpus } from '../corpus.ts'
import { bytesOf, customCells, readFile } from '../read-file.ts'

describe('delimited text', () => {
  test.each([
    { why: 'one LF line in a CRLF file', text: 'user_id,a\r\n1,x\r\n2,y\n3,z\r\n', want: ['x', 'y', 'z'] },
    { why: 'an LF inside quotes in a CRLF file', text: 'user_id,a\r\n1,"x\ny"\r\n2,z\r\n', want: ['x\ny', 'z'] },
    { why: 'a CRLF inside quotes in an LF file', text: 'user_id,a\n1,"x\r\ny"\n2,z\n', want: ['x\r\ny', 'z'] },
    { why: 'only CR', text: 'user_id,a\r1,x\r2,y', want: ['x', 'y'] },
    { why: 'blanks behind quoted fields', text: 'user_id,a\n1,"x" \n2,"y"\t\n3,"z" ', want: ['x', 'y', 'z'] },
    { why: 'a quoted field at the very end', text: 'user_id,a\n1,"x"', want: ['x'] },
    { why: 'a byte order mark', text: '\ufeffuser_id,a\n1,x\n', want: ['x'] },
    { why: 'a delimiter at the end of quotes', text: 'user_id,a\n1,"x,"\n2,",y"\n', want: ['x,', ',y'] },
    { why: 'sep= names the delimiter', text: 'sep=;\nuser_id;a\n1;x,y\n', want: ['x,y'] },
    { why: 'sep= in quotes', text: '"sep=;"\nuser_id;a\n1;x\n', want: ['x'] },
    { why: 'an unusual delimiter that is consistent', text: 'user_id^a\n1^x,y;z\n2^b\n', want: ['x,y;z', 'b'] },
    { why: 'a tab', text: 'user_id\ta\n1\tx, y\n', want: ['x, y'] },
  ])('$why', ({ text, want }) => {
    expect(customCells(text)).toEqual(want.map(a => ({ a })))
  })

  test('headers that are names of Object.prototype are data', () => {
    const { rows } = readFile('users.csv', 'user_id,__proto__,constructor,toString\n1,a,b,c\n')
    expect(rows[0]?.custom).toBe('{"__proto__":"a","constructor":"b","toString":"c"}')
  })

  test('a file of one column', () => {
    const { result, rows } = readFile('users.csv', 'user_id\na\n\n"b"\n   \nc')
    expect(rows.map(({ values }) => values[0])).toEqual(['a', 'b', 'c'])
    expect(result).toMatchObject({ read: 5, emitted: 3, held: 0, skipped: 2 })
  })

  test('a byte order mark at the start of a later batch is data', () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `\ufeff${i},x`)
    const { rows } = readFile('users.csv', `user_id,a\n${lines.join('\n')}\n`, { chunk: 65_536 })
    expect(rows).toHaveLength(30_000)
    expect(rows.every((row, i) => row.values[0] === `${i}`)).toBe(true)
  })

  test('an unterminated quote is held where it starts and the rest is read', () => {
    const { rows, held } = readFile('users.csv', 'user_id,a\n1,x\n2,"open\n3,"fine"\n4,y\n')
    expect(rows.map(({ line, values }) => [line, values[0]])).toEqual([
      [2, '1'],
      [4, '3'],
      [5, '4'],
    ])
    expect(held).toMatchObject([{ line: 3, code: 'row/unterminated-quote', raw: '2,"open', column: '' }])
  })

  test('quoting round trips', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' x', 'é', ';'), maxLength: 8 })
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (cells, eol) => {
          const text = ['user_id,a', ...cells.map((cell, i) => `${i},${quoted(cell)}`)].join(eol)
          const want = cells.map(each => each.trim()).map(a => (a === '' ? {} : { a }))
          expect(customCells(text, { chunk: 3 })).toEqual(want)
        },
      ),
    )
  })
})

const spectrum = 'torture/csv-spectrum'
describe.skipIf(!hasCorpus(spectrum))('csv-spectrum (skipped, no corpus, where absent)', () => {
  test.each(corpusFiles(`${spectrum}/csvs`).filter(name => name.endsWith('.csv')))('%s', file => {
    const bytes = corpusBytes(`${spectrum}/csvs/${file}`)
    const json = new TextDecoder().decode(corpusBytes(`${spectrum}/json/${file.replace('.csv', '.json')}`))
    // The telephone number in location_coordinates.json is not the one in its CSV.
    const want = [JSON.parse(json.replace('1234567890', '2095257564'))].flat() as Record<string, string>[]
    // A key column of our own in front of each record; only records begin at the lines that the reader names.
    const lines = new TextDecoder().decode(bytes).split(/(?<=\n)/)
    const starts = recordStarts(bytes)
    const text = lines.map((line, at) => (starts.has(at + 1) ? `${at === 0 ? 'user_id' : at},${line}` : line)).join('')
    const trimmed = want.map(record =>
      Object.fromEntries(Object.entries(record).filter(([, cell]) => cell.trim() !== '')),
    )
    expect(customCells(text)).toEqual(trimmed)
  })
})

function recordStarts(bytes: Uint8Array): Set<number> {
  const text = new TextDecoder().decode(bytes)
  const starts = new Set([1])
  let isQuoted = false
  let line = 1
  for (const [at, character] of [...text].entries()) {
    if (character === '"') isQuoted = !isQuoted
    if (character !== '\n') continue
    line++
    if (!isQuoted && at < text.length - 1) starts.add(line)
  }
  return starts
}

test('many records come out as they went in, in runs of at most 5,000', () => {
  const text = `user_id,a\n${Array.from({ length: 12_001 }, (_, i) => `u${i},"v,${i}"`).join('\n')}`
  const { rows, result } = readFile('users.csv', bytesOf(text), { chunk: 9999 })
  expect(rows.map(({ custom }) => custom)).toEqual(Array.from({ length: 12_001 }, (_, i) => `{"a":"v,${i}"}`))
  expect(result.emitted).toBe(12_001)
})
