import { describe, expect, test } from 'vitest'
import { startProject, type TestEngine } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'
import { ROOM_FILES } from './small-room.ts'

const FILES = { ...ROOM_FILES, memberships: [{ user_id: 'a1', workspace_id: 'w1', role: 'owner' }], events: EVENTS }
const NAMES = Object.keys(FILES) as (keyof typeof FILES)[]
const subsets = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
  NAMES.filter((_name, i) => (bits & (1 << i)) !== 0),
)

/** Everything that the room asks for when it is opened and looked through. */
async function lookThrough({ client }: TestEngine) {
  const overview = await client['identity.overview']({})
  for (const question of ['persons', 'workspaces', 'accounts', 'signups'] as const) {
    const { candidates } = await client['review.queue']({ question, bands: ['auto', 'review', 'ambiguous', 'watch'] })
    for (const { pair } of candidates.slice(0, 3)) await client['review.card']({ pair })
  }
  const thresholds = await client['identity.thresholds']({})
  await client['identity.clusters']({})
  await client['identity.moves']({ from: 7, to: 0 })
  await client['identity.rules']({})
  await client['identity.sources']({})
  await client['identity.domains']({})
  await client['identity.labels']({})
  return { overview, thresholds }
}

describe('a room where tables are missing', () => {
  test('opens for every set of tables, and counts what is there', { timeout: 240_000 }, async () => {
    for (const names of subsets) {
      const engine = await startProject()
      if (names.length > 0)
        await engine.client['import.run']({ sources: names.map(name => engine.write(`${name}.csv`, csv(FILES[name]))) })
      const { overview, thresholds } = await lookThrough(engine)
      const rows = (name: keyof typeof FILES): number => (names.includes(name) ? FILES[name].length : 0)
      expect(overview.records, names.join(' ')).toEqual({
        users: rows('users'),
        workspaces: rows('workspaces'),
        accounts: rows('accounts'),
      })
      expect(overview.persons).toBe(names.includes('users') ? FILES.users.length - 1 : 0)
      expect(thresholds.figures.length > 0).toBe(names.includes('users'))
      await engine.client['identity.export']({ target: engine.path('out'), overwrite: true })
      expect(engine.reports).toEqual([])
      await engine.close()
    }
  })
})
