#!/usr/bin/env -S MALLOC_MMAP_THRESHOLD_=131072 node --max-semi-space-size=16 --initial-heap-size=128
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Making JavaScript of the sources takes longer than most commands: once is enough. This file is JavaScript itself, so that what
// makes it is not even loaded.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'))
const { createProgram } = await import('./program.ts')
const { runProgram } = await import('./run-program.ts')

process.exitCode = await runProgram(createProgram, process.argv)
