import { describe, expect, test } from 'vitest'
import { compactJson, isJson, jsonText, numberText, readJson } from '../../../../core/import/json/json-text.ts'
import { strictText } from '../../../../core/import/utf8-text.ts'
import { bundled, bundledFiles, corpusBytes, corpusFiles } from '../corpus.ts'
import { readFile } from '../read-file.ts'

describe('JSON', () => {
  test.each([
    ['', 0],
    ['{', 1],
    ['[1,]', 3],
    ['{"a":1,}', 7],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['{a:1}', 1],
    ['["\u0001"]', 1],
    ['[01]', 1],
    ['[1}', 2],
    ['  nul', 2],
    ['{"a":1}}', 7],
    ['[1.]', 1],
    ['["a', 1],
  ])('%s stops at %s', (text, offset) => {
    expect(readJson(text)).toMatchObject({ value: null, fault: { kind: 'syntax', offset } })
    expect(isJson(text)).toBe(false)
  })

  test('a fault names its line', () => {
    expect(readJson('{"a":1,\n"b":2,\r\n"c"}').fault).toMatchObject({ line: 3, message: 'unexpected "}"' })
  })

  test('64 levels are read, 65 are not', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    expect(readJson(nested(64)).fault).toBeNull()
    expect(readJson(nested(65)).fault).toMatchObject({ kind: 'depth', offset: 64 })
    expect(readJson(`"${'['.repeat(99)}"`).fault).toBeNull()
  })

  test('numbers keep their text', () => {
    const text = '{"id":12345678901234567890,"a":1.0,"b":-0,"c":1e2,"d":1,"e":[1.50]}'
    const { value } = readJson(text)
    expect(jsonText(value)).toBe(text)
    expect(numberText((value as Record<string, unknown>)['id'])).toBe('12345678901234567890')
  })

  test.each(['{"a" :1.0}', '{"a":\n1.0}', '[1.0]', '[0,-0]', '{"a":1e5}', '1.50', '[ 12345678901234567]'])(
    '%s keeps its text',
    text => {
      expect(jsonText(readJson(text).value)).toBe(text.replace(/\s/g, ''))
    },
  )

  test('__proto__ is data', () => {
    const { value } = readJson('{"__proto__":{"isAdmin":true},"n":1.0}')
    expect(Object.keys(value as object)).toEqual(['__proto__', 'n'])
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  test('compacting leaves strings alone', () => {
    expect(compactJson(' { "a b" : "c \\" d" ,\n "e":\t[ 1 , 2 ] } ')).toBe('{"a b":"c \\" d","e":[1,2]}')
  })
})

const suite = 'torture/JSONTestSuite/test_parsing'
const places = [
  { place: 'the whole suite (skipped, no corpus, where absent)', files: corpusFiles(suite), bytesOf: corpusBytes },
  { place: 'the choice among the fixtures', files: bundledFiles(suite), bytesOf: bundled },
]
describe.each(places)('JSONTestSuite, $place', ({ files, bytesOf }) => {
  const read = (file: string): ReturnType<typeof readJson> | null => {
    const text = strictText(bytesOf(`${suite}/${file}`))
    return text === null ? null : readJson(text)
  }
  test('is there', () => {
    expect(files.length).toBeGreaterThan(100)
  })
  test.each(files.filter(file => file.startsWith('y_')))('accepts %s', file => {
    expect(read(file)).toMatchObject({ fault: null })
  })
  test.each(files.filter(file => file.startsWith('n_')))('refuses %s with a position', file => {
    // null: not UTF-8, refused before it is parsed.
    const outcome = read(file)
    const text = strictText(bytesOf(`${suite}/${file}`))
    const offset = outcome === null ? 0 : outcome.fault?.offset
    expect(offset).toBeGreaterThanOrEqual(0)
    expect(offset).toBeLessThanOrEqual(text?.length ?? 0)
  })
  test.each(files.filter(file => file.startsWith('i_')))('does not fail on %s', file => {
    expect(() => read(file)).not.toThrow()
  })
  test('as a member of a record, each is loaded, held with a reason, or refuses the file with a line', () => {
    for (const file of files) {
      const outcome = asMember(bytesOf(`${suite}/${file}`))
      const isWhole = file.startsWith('y_')
        ? ['loaded', 'row/too-deep']
        : ['row/not-json', 'row/bad-encoding', 'row/too-deep', 'refused']
      const isOpen = file.startsWith('i_') ? ['loaded'] : []
      // A fragment that ends the record early may be whole in its place.
      const isShort = ['n_object_trailing_comma.json', 'n_structure_no_data.json'].includes(file) ? ['loaded'] : []
      expect([...isWhole, ...isOpen, ...isShort], file).toContain(outcome)
    }
  })
})

/** What comes of a text as a member of the second of two records. */
function asMember(text: Uint8Array): unknown {
  const before = new TextEncoder().encode('[{"user_id":"u0"},\n{"user_id":"u1","x":')
  const bytes = Uint8Array.from([...before, ...text, ...new TextEncoder().encode('}]')])
  try {
    const { result, held } = readFile('users.json', bytes, { options: { encoding: 'utf-8' } })
    return result.emitted === 2 ? 'loaded' : held[0]?.code
  } catch (error) {
    return (error as { context?: { line?: number } }).context?.line === undefined ? error : 'refused'
  }
}
