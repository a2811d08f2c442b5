import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ENGINE_FLAGS } from '#lib/engine-flags'

const MODULE = new URL('../../../core/app/thread.ts', import.meta.url).href
const YOUNG_MB = 3

/** Lets much that is short-lived and some that is not come together, and says what its young generation has taken by then. */
const THREAD = `
  import { getHeapSpaceStatistics } from 'node:v8'
  import { parentPort } from 'node:worker_threads'
  let kept = []
  for (let i = 0; i < 2e6; i++) {
    kept.push({ i })
    if (kept.length > 1e5) kept = []
  }
  parentPort.postMessage(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').physical_space_size)`

const PROCESS = `
  import { startThread } from ${JSON.stringify(MODULE)}
  const entry = new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(THREAD)}))
  startThread(entry, { youngMb: ${YOUNG_MB} }).on('message', bytes => console.log(bytes))`

test('the heap of a thread has a measure of its own, whatever that of the process is', () => {
  const args = [...ENGINE_FLAGS, '--input-type=module', '--eval', PROCESS]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(Number(stdout)).toBeGreaterThan(0)
  expect(Number(stdout)).toBeLessThanOrEqual(YOUNG_MB << 20)
})
