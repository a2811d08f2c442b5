import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHeldRechecker, createProver, mappingOfPlans, planFile } from '#import'
import type { EntityRow, FilePlan, ImportOptions } from '#schema/import'
import { bytesOf, type FileRead, type ReadSettings, readFile } from './read-file.ts'

const HEADER = 'user_id,name,note'
const USERS = 'users.csv'

/** Name and note of each row, by its line. */
function cellsOf({ rows }: Pick<FileRead, 'rows'>): readonly (readonly [number, unknown, unknown])[] {
  return rows.map(({ line, values, custom }) => [line, values[2], JSON.parse(custom ?? '{}').note ?? ''])
}

function linesHeld({ held }: FileRead): readonly (readonly [number, string])[] {
  return held.map(({ line, code }) => [line, code])
}

/** One field as MySQL writes it: the escape, the enclosing quote, or without it what separates and ends, and zero bytes. */
function mysqlField(text: string | null, delimiter: string, isQuoted: boolean): string {
  if (text === null) return '\\N'
  const special = isQuoted ? ['\\', '"'] : ['\\', delimiter, '\n']
  const written = Array.from(text, each => (each === '\0' ? '\\0' : special.includes(each) ? `\\${each}` : each)).join(
    '',
  )
  return isQuoted ? `"${written}"` : written
}

type Written = Readonly<{
  rows: readonly (readonly [string | null, string | null])[]
  delimiter: string
  isQuoted: boolean
}>

function mysqlFile({ rows, delimiter, isQuoted }: Written): string {
  const records = rows.map((cells, i) =>
    [`u${i}`, ...cells].map(cell => mysqlField(cell, delimiter, isQuoted)).join(delimiter),
  )
  return `${[HEADER.replaceAll(',', delimiter), ...records].join('\n')}\n`
}

const text = fc
  .array(fc.constantFrom('\\', '"', ',', '\t', '\n', '\r', '\0', 'N', 'n', 't', 'é', '😀', 'a', ' '), { maxLength: 8 })
  .map(parts => parts.join(''))
const cell = fc.option(text, { nil: null })
const written: fc.Arbitrary<Written> = fc.record({
  rows: fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
  delimiter: fc.constantFrom(',', '\t'),
  isQuoted: fc.boolean(),
})

/** A name of blanks is none, and neither is one that reads `\N`, however it was written. */
function nameMeant(name: string | null): string | null {
  const trimmed = (name ?? '').trim()
  return trimmed === '' || trimmed.toUpperCase() === '\\N' ? null : trimmed
}

describe('what a program that escapes wrote comes back', () => {
  test('for every file and every size of chunk, where it is said', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 9 }), (file, chunk) => {
        fc.pre(file.isQuoted || file.rows.flat().every(cell => cell?.startsWith('"') !== true))
        const content = mysqlFile(file)
        const options: ImportOptions = { escape: 'backslash' }
        const read = readFile(USERS, content, { options, chunk })
        expect(linesHeld(read)).toEqual([])
        const meant = file.rows.map(([name, note]) => [nameMeant(name), (note ?? '').trim()])
        expect(cellsOf(read).map(([, name, note]) => [name, String(note).trim()])).toEqual(meant)
        expect(read).toEqual(readFile(USERS, content, { options }))
      }),
    )
  })

  test.each([
    {
      why: 'MySQL INTO OUTFILE with quotes',
      content: `"user_id","name","note"\n"u1","Ann \\"Al\\" Bee","C:\\\\new\\\\table"\n"u2",\\N,"x\\\ny"\n"u3","Bo, Jr","z"\n`,
      rows: [
        [2, 'Ann "Al" Bee', 'C:\\new\\table'],
        [3, null, 'x\ny'],
        [5, 'Bo, Jr', 'z'],
      ],
      lines: [2, 3],
    },
    {
      why: 'mysqldump --tab',
      content: 'user_id\tname\tnote\nu1\tA\\\tB\tone\\ttwo\nu2\tBo\tfirst\\\nsecond\nu3\t\\N\t\\0\n',
      rows: [
        [2, 'A\tB', 'one\ttwo'],
        [3, 'Bo', 'first\nsecond'],
        [5, null, '\0'],
      ],
      lines: [2, 3, 5],
    },
    {
      why: 'Redshift UNLOAD ESCAPE with bars, line breaks of Windows in a field',
      content: 'user_id|name|note\nu1|A\\|B|x\\\r\\\ny\nu2|Bo|\\"quoted\\"\nu3|Cy|\n',
      rows: [
        [2, 'A|B', 'x\r\ny'],
        [5, 'Bo', '"quoted"'],
        [6, 'Cy', ''],
      ],
      lines: [2, 5],
    },
    {
      why: 'records that end in CRLF, of which one is escaped',
      content: `${HEADER}\r\nu1,Ann,a\\\r\nb\r\nu2,Bo\\, Jr,c\r\n`,
      rows: [
        [2, 'Ann', 'a\r\nb'],
        [4, 'Bo, Jr', 'c'],
      ],
      lines: [2, 4],
    },
    {
      why: 'records that end in CR',
      content: `${HEADER}\ru1,Ann,a\\\rb\ru2,Bo\\, Jr,c\r`,
      rows: [
        [2, 'Ann', 'a\rb'],
        [4, 'Bo, Jr', 'c'],
      ],
      lines: [2, 4],
    },
    {
      why: 'a header that ends in CR and records that end in any line break',
      content: `${HEADER}\ru1,Ann,a\nu2,Bo\\, Jr,c\r\nu3,Cy,d\ru4,Di\\,,e\n`,
      rows: [
        [2, 'Ann', 'a'],
        [3, 'Bo, Jr', 'c'],
        [4, 'Cy', 'd'],
        [5, 'Di,', 'e'],
      ],
      lines: [3, 5],
    },
  ])('by the proof of the file itself: $why', ({ content, rows, lines }) => {
    for (const settings of [{}, { chunk: 1 }, { chunk: 3 }, { headBytes: content.search(/[\r\n]/) + 1, chunk: 2 }]) {
      const read = readFile(USERS, content, settings)
      expect(cellsOf(read)).toEqual(rows)
      expect([read.held, read.plan.escape]).toEqual([[], 'backslash'])
      expect(read.result.notes).toEqual([
        expect.objectContaining({ code: 'note/backslash-escapes', count: lines.length, lines }),
      ])
    }
  })

  test('in UTF-16', () => {
    const content = `\ufeff${HEADER}\nu1,A\\,B,x\nu2,Bo,first\\\nsecond\n`
    const bytes = new Uint8Array(new Uint16Array(Array.from(content, each => each.charCodeAt(0))).buffer)
    expect(cellsOf(readFile(USERS, bytes, { chunk: 5 }))).toEqual([
      [2, 'A,B', 'x'],
      [3, 'Bo', 'first\nsecond'],
    ])
  })

  test('in events, whose plain records need no slow reader', () => {
    const plain = Array.from({ length: 300 }, (_, i) => `e${i},login,2026-05-01T00:00:00Z,w1,x`)
    const content = [
      'event_id,event_name,timestamp,workspace_id,note',
      ...plain,
      'f1,login,2026-05-02T00:00:00Z,w1,a\\',
      'b',
    ]
    const read = readFile('events.csv', `${content.join('\n')}\n`, { headBytes: 200, chunk: 64 })
    expect([read.result.emitted, read.result.held, read.plan.escape]).toEqual([301, 0, 'backslash'])
  })
})

describe('a file that is whole without loads byte for byte', () => {
  test.each([
    { why: 'paths', cells: ['C:\\new\\table', '\\\\server\\share'] },
    { why: 'a path that ends in a backslash', cells: ['C:\\dir\\', 'D:\\'] },
    { why: 'regular expressions', cells: ['^\\d+\\.\\w*$', '\\n|\\t'] },
    { why: 'LaTeX', cells: ['Schr\\"odinger', '\\textbf{x}'] },
    { why: 'nulls of MySQL and letters', cells: ['one\\ttwo', 'a\\Nb'] },
  ])('$why', ({ cells: [name = '', note = ''] }) => {
    const quoted = `"${name.replaceAll('"', '""')}","${note.replaceAll('"', '""')}"`
    const read = readFile(USERS, `${HEADER}\nu1,${name},${note}\nu2,${quoted}\n`)
    expect(cellsOf(read)).toEqual([
      [2, name, note],
      [3, name, note],
    ])
    expect([read.plan.escape, read.passes, read.result.notes]).toEqual([undefined, 1, []])
  })

  test.each([
    { why: 'a record that is short and has no backslash', broken: 'u9,x' },
    { why: 'an escaped delimiter beside paths', broken: 'u9,a\\,b,c' },
    { why: 'an escaped quote beside paths', broken: 'u9,"a\\"b",c' },
  ])('also beside a broken record: $why', ({ broken }) => {
    const paths = 'u1,C:\\new\\table,x\nu2,"say ""hi""",y'
    for (const settings of [{}, { headBytes: HEADER.length + 1, chunk: 3 }]) {
      const read = readFile(USERS, `${HEADER}\n${paths}\n${broken}\n`, settings)
      expect(cellsOf(read)).toEqual([
        [2, 'C:\\new\\table', 'x'],
        [3, 'say "hi"', 'y'],
      ])
      expect(linesHeld(read)).toHaveLength(1)
      expect(read.plan.escape).not.toBe('backslash')
    }
  })

  test('a reading that leaves a quote open is refuted, and the file is read plainly', () => {
    const content = `${HEADER}\nu1,A\\,B,x\nu2,"D:",y\nu3,"z\\",w\n`
    const read = readFile(USERS, content, { headBytes: 30 })
    expect(cellsOf(read)).toEqual([
      [3, 'D:', 'y'],
      [4, 'z\\', 'w'],
    ])
    expect([linesHeld(read), read.plan.escape]).toEqual([[[2, 'row/too-many-fields']], 'none'])
  })
})

describe('what is said goes before what is proven', () => {
  const content = `${HEADER}\nu1,A\\,B,x\nu2,Bo,one\\ttwo\n`

  test('none: records are held with what to do', () => {
    const read = readFile(USERS, content, { options: { escape: 'none' } })
    expect(linesHeld(read)).toEqual([[2, 'row/too-many-fields']])
    expect(read.held[0]?.message).toContain('--escape backslash')
    expect(cellsOf(read)).toEqual([[3, 'Bo', 'one\\ttwo']])
  })

  test('backslash: also where the file is whole without', () => {
    const options: ImportOptions = { escape: 'backslash' }
    const read = readFile(USERS, `${HEADER}\nu1,\\N,C:\\new\n`, { options })
    expect(cellsOf(read)).toEqual([[2, null, 'C:\new']])
  })

  test('a mapping keeps it and reads the next file so', () => {
    const { plan } = readFile(USERS, content)
    const mapping = mappingOfPlans([plan], 'ours')
    expect(mapping.escape).toBe('backslash')
    const next = bytesOf(`${HEADER}\nu3,\\N,a\\\\b\n`)
    const given = { file: USERS, head: next, size: next.length, isWhole: true, options: {} }
    for (const mappings of [{ remembered: [mapping] }, { offered: [mapping] }, { assigned: mapping }]) {
      expect(planFile({ ...given, mappings })).toMatchObject({ escape: 'backslash', options: { escape: 'backslash' } })
    }
    const answered = planFile({ ...given, options: { escape: 'none' }, mappings: { remembered: [mapping] } })
    expect(answered.escape).toBe('none')
  })

  test('a mapping says nothing of backslashes of a file that has none', () => {
    const { plan } = readFile(USERS, `${HEADER}\nu1,A,x\n`)
    expect(mappingOfPlans([plan], 'ours')).not.toHaveProperty('escape')
  })
})

describe('proof and held rows', () => {
  test('the proof reads as the import does', () => {
    const content = `${HEADER}\nu1,A\\,B,x\nu2,Bo\n`
    const bytes = bytesOf(content)
    let plan: FilePlan = planFile({
      file: USERS,
      head: bytes.subarray(0, 20),
      size: bytes.length,
      isWhole: false,
      options: {},
    })
    for (;;) {
      const prover = createProver(plan, {})
      for (let at = 0; at < bytes.length; at += 3) prover.push(bytes.slice(at, at + 3))
      const proof = prover.end()
      plan = proof.plan
      if (proof.isRedo) continue
      expect([proof.readable, proof.held, plan.escape]).toEqual([1, 1, 'backslash'])
      expect(proof.notes.map(({ code, count, lines }) => [code, count, lines])).toEqual([
        ['note/backslash-escapes', 1, [2]],
      ])
      return
    }
  })

  test('a held record is kept as it stood and judged again by the same reading', () => {
    const content = 'deal_id,status,amount,stage\nd1,won,12,A\\,B\nd2,won,seven,C\\,D\n'
    const { plan, held } = readFile('deals.csv', content)
    expect(held.map(({ line, raw, code }) => [line, raw, code])).toEqual([
      [3, 'd2,won,seven,C\\,D', 'value/not-a-number'],
    ])
    const [row] = held
    const loaded: EntityRow[] = []
    const rechecker = createHeldRechecker(plan, { entities: rows => void loaded.push(...rows), events() {} })
    const subject = { line: 3, raw: row?.raw ?? '', code: 'value/not-a-number' as const }
    expect(rechecker.judge({ ...subject, overlay: { cells: { '2': '7' } } }).outcome).toBe('emitted')
    expect(loaded[0]?.values).toContain('C,D')
  })

  test('the text of a held record without its secrets means the same', () => {
    const content = 'deal_id,status,amount,stage,api_key\nd1,won,seven,a\\\\b\\,c,k\nd2,won,1,x,k\n'
    const { held } = readFile('deals.csv', content)
    expect(held.map(({ raw }) => raw)).toEqual(['d1,won,seven,"a\\\\b,c",'])
  })
})

test('a file of fields that escape is read in good time', () => {
  const record = `u,${'\\,'.repeat(200)},${'\\"'.repeat(200)}\n`
  const settings: ReadSettings = { chunk: 1 << 16 }
  const { result } = readFile(USERS, `${HEADER}\n${record.repeat(1000)}`, settings)
  expect([result.read, result.held]).toEqual([1000, 0])
})

test('a backslash before a line break in quotes stays, whatever another record lacks: nothing would be mended', () => {
  const read = readFile(USERS, `${HEADER}\nu1,Ann,"on drive D:\\\nthen call"\nu2,Bob,plain\nu3,Cy\nu4,Di,ok\n`)
  expect(cellsOf(read)).toEqual([
    [2, 'Ann', 'on drive D:\\\nthen call'],
    [4, 'Bob', 'plain'],
    [6, 'Di', 'ok'],
  ])
  expect(linesHeld(read)).toEqual([[5, 'row/too-few-fields']])
  expect(read.result.notes).toEqual([])
})
