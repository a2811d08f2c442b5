#!/usr/bin/env -S MALLOC_MMAP_THRESHOLD_=131072 MALLOC_ARENA_MAX=1 node --max-semi-space-size=16 --initial-heap-size=128
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

// The flags of the first line are for the heap of this thread, which has been made: others have a measure of their own
// (core/lib/engine-flags.ts). Before the cache, whose entries are of the flags in force.
setFlagsFromString('--max-semi-space-size=0')
setFlagsFromString('--initial-heap-size=0')
// Making JavaScript of the sources takes longer than most commands: once is enough. This file is JavaScript itself, so that what
// makes it is not even loaded.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'))
// Until a command listens itself: loading the program takes long enough to be stopped in it.
const SIGNALS = ['SIGINT', 'SIGTERM']
let hasBegun = false
const stopEarly = () => {
  if (hasBegun && SIGNALS.some(signal => process.listenerCount(signal) > 1)) return
  if (!hasBegun) process.stderr.write('run/cancelled: stopped before the work began; nothing was changed\n')
  process.exit(130)
}
for (const signal of SIGNALS) process.on(signal, stopEarly)
process.on('newListener', name => {
  hasBegun ||= SIGNALS.includes(name)
})

const { createProgram } = await import('./program.ts')
const { runProgram } = await import('./run-program.ts')

process.exitCode = await runProgram(createProgram, process.argv)
