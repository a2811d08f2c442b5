import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const MODULE = join(import.meta.dirname, '../../../core/app/spare-memory.ts')

/** In a process of its own: only there is its memory all that is measured. */
const SCRIPT = `
  const { createMemoryWatch } = await import(process.argv[1])
  const taken = () => process.memoryUsage.rss() / 2 ** 20
  const watch = createMemoryWatch()
  const few = taken()
  watch()
  let objects = Array.from({ length: 5_000_000 }, (_, i) => ({ i, list: [i] }))
  const most = taken()
  objects = null
  watch()
  console.log(JSON.stringify({ few, most, after: taken() }))
`

test('memory that a phase has let go is given back to the system', () => {
  // The same heap on a machine of little memory, and no thread aside that may give memory back later than it is looked at.
  const args = ['--max-old-space-size=2048', '--single-threaded-gc', '--input-type=module', '-e', SCRIPT, MODULE]
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  const { few, most, after } = JSON.parse(run.stdout) as Record<'few' | 'most' | 'after', number>
  expect(most - few).toBeGreaterThan(420)
  expect(after - few).toBeLessThan((most - few) / 4)
})
