import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contract } from '#contract/contract'
import { ERROR_CODES } from '#lib/errors'
import { EXIT_CODES } from '../cli/exit.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test('docs/errors.md lists exactly the error codes, in order, with the exit code the command line gives', () => {
  const rows = [...read('docs/errors.md').matchAll(/^\| `([^`]+)` \|.*\| (\d+) \|$/gm)]
  expect(rows.map(row => row[1])).toEqual([...ERROR_CODES])
  expect(rows.map(row => Number(row[2]))).toEqual(ERROR_CODES.map(code => EXIT_CODES[code]))
})

test('every contract method is documented and tested', () => {
  const documented = read('docs/contract.md')
  const tests = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(test|spec)\.tsx?$/.test(path) && path !== 'docs.test.ts')
    .map(path => read(`test/${path}`))
    .join('\n')
  for (const name of Object.keys(contract)) {
    expect(documented, `docs/contract.md has no entry for ${name}`).toContain(`\`${name}\``)
    expect(tests, `no test names ${name}`).toContain(`'${name}'`)
  }
})

test('every room of core has a door that begins with a sentence', () => {
  const rooms = readdirSync(new URL('../core', import.meta.url)).filter(
    room => !['lib', 'schema', 'contract', 'simulate'].includes(room),
  )
  expect(rooms.length).toBeGreaterThanOrEqual(9)
  for (const room of rooms) expect(read(`core/${room}/index.ts`), room).toMatch(/^\/\*\* [A-Z][^*]+\.\s?\*\//)
})

test('core asks nobody for the time or for chance', () => {
  const files = readdirSync(new URL('../core', import.meta.url), { recursive: true, encoding: 'utf8' })
  const sources = files.filter(file => file.endsWith('.ts'))
  expect(sources.length).toBeGreaterThan(60)
  const guilty = sources.filter(file => /Math\.random|Date\.now|new Date\(/.test(read(`core/${file}`)))
  expect(guilty).toEqual([])
})
