import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ENGINE_ENVIRONMENT, ENGINE_FLAGS, THREAD_FLAGS } from '#lib/engine-flags'
import { BIN, REPOSITORY } from './support/pql.ts'

test('the command line is started with the flags of an engine, however it is started, and as a program in its environment', () => {
  const flags = ENGINE_FLAGS.join(' ')
  const [firstLine] = readFileSync(BIN, 'utf8').split('\n')
  const environment = Object.entries(ENGINE_ENVIRONMENT).map(([name, value]) => `${name}=${value}`)
  expect(firstLine).toBe(`#!/usr/bin/env -S ${environment.join(' ')} node ${flags}`)
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { scripts: { pql: string } }
  expect(scripts.pql).toBe(`node ${flags} cli/bin.js`)
})

test('what the threads need is told before the cache is opened, whose entries are of the flags in force', () => {
  const source = readFileSync(BIN, 'utf8')
  const cached = source.indexOf('enableCompileCache(')
  for (const flag of THREAD_FLAGS) {
    const told = source.indexOf(`setFlagsFromString('${flag}')`)
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThan(cached)
  }
})
