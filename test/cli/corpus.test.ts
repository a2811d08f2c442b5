import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compare } from '../oracle/compare.ts'
import { readCsv } from '../oracle/csv.ts'
import { judge } from '../oracle/judge.ts'
import { type OracleModel, RECIPE } from '../oracle/model.ts'
import { readProduct } from '../oracle/product.ts'
import type { TextRow } from '../oracle/tables.ts'
import { folderOf, pql, REPOSITORY } from './support/pql.ts'

const corpus = resolve(process.env['PQL_CORPUS'] ?? join(REPOSITORY, '../shared/data'), 'plg_numpy')
const hasCorpus = existsSync(corpus)

/** Commits are the one thing people do there: a day with one is a day of core use, the first one is the key action. */
const MODEL: OracleModel = {
  ...RECIPE,
  name: 'Commits',
  signals: [
    { id: 'first_commit', kind: 'commit', bucket: 'activation', points: 15, count: 'latest' },
    { id: 'commit_days', kind: 'commit', bucket: 'depth', points: 2, count: 'daily', cap: { points: 10, days: 7 } },
    { id: 'event_loop', kind: 'event_loop', bucket: 'negative', points: -5, count: 'each' },
    {
      id: 'newcomers',
      kind: 'new_active_user',
      bucket: 'expansion',
      points: 2,
      count: 'each',
      cap: { points: 10, days: 14 },
    },
  ],
  taxonomy: [{ kind: 'commit', category: 'depth', match: ['commit', 'commit_*'] }],
}
const AS_OF = '2019-06-30T12:00:00.000Z'

const rows = (name: string): readonly TextRow[] => readCsv(readFileSync(join(corpus, name), 'utf8')).rows

describe(hasCorpus ? 'a repository as a product' : 'skipped, no corpus', () => {
  test.skipIf(!hasCorpus)(
    'commits of plg_numpy are scored as the specification says',
    { timeout: 240_000 },
    async () => {
      const folder = folderOf()
      writeFileSync(join(folder, 'model.json'), JSON.stringify(MODEL))
      const inputs = ['users.csv', 'workspaces.csv', 'memberships.csv', 'events.csv'].map(name => join(corpus, name))
      const args = ['run', ...inputs, '--project', 'p.pql', '--out', 'out', '--model', 'model.json', '--as-of', AS_OF]
      const ended = await pql([...args, '--identity', 'explicit'], folder)
      expect(ended.code, ended.stderr).toBe(0)
      const exports = {
        users: rows('users.csv'),
        workspaces: rows('workspaces.csv'),
        memberships: rows('memberships.csv'),
        events: rows('events.csv'),
        subscriptions: [],
        accounts: [],
      }
      const judgements = judge(exports, MODEL, { asOf: Date.parse(AS_OF) })
      expect(judgements.size).toBeGreaterThan(15)
      expect(compare(judgements, readProduct(join(folder, 'out')))).toEqual([])
    },
  )
})
