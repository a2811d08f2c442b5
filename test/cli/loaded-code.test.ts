import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { EXPORT } from './support/exports.ts'
import { folderOf, REPOSITORY, start } from './support/pql.ts'

/** Prints the path of every module of the product that the process loaded. */
const WATCH = `
import { registerHooks } from 'node:module'
const seen = new Set()
registerHooks({ load: (url, context, next) => (seen.add(url), next(url, context)) })
process.on('exit', () => process.stderr.write([...seen].map(url => 'loaded ' + url).join('\\n') + '\\n'))
`

async function roomsLoadedBy(args: readonly string[]): Promise<readonly string[]> {
  const folder = folderOf({ ...EXPORT, 'watch.mjs': WATCH })
  const watch = pathToFileURL(join(folder, 'watch.mjs')).href
  const { code, stderr } = await start(args, folder, ['--import', watch]).ended
  expect(code).toBe(0)
  const core = `loaded ${pathToFileURL(join(REPOSITORY, 'core')).href}/`
  const rooms = stderr
    .split('\n')
    .flatMap(line => (line.startsWith(core) ? (line.slice(core.length).split('/')[0] ?? []) : []))
  return [...new Set(rooms)].sort()
}

test('an import loads what it needs: what judges the data would take its time and memory', async () => {
  expect(await roomsLoadedBy(['import', 'in', '--project', 'p.pql'])).toEqual([
    'app',
    'contract',
    'import',
    'lib',
    'schema',
    'store',
  ])
})
