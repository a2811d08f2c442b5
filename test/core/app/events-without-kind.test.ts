import { expect, test } from 'vitest'
import { tellingAside } from '../../../core/app/events-without-kind.ts'
import { startProject } from './support/engine.ts'
import { csv, event, LAST_DAY, WORKSPACES } from './support/exports.ts'

test('events without a kind are told with the scores where they are many', async () => {
  const engine = await startProject()
  const { client } = engine
  const days = Array.from({ length: 7 }, (_, i) => event(700 + i, i < 3 ? 'Elephant' : 'login', ['w1', 'u1'], LAST_DAY))
  await client['import.run']({
    sources: [engine.write('workspaces.csv', csv(WORKSPACES)), engine.write('events.csv', csv(days))],
  })
  const scored = await client['score.run']({})
  expect(scored.withoutKind).toEqual({ events: 3, of: 7 })
  expect((await client['project.summary']({})).scoreRun?.withoutKind).toEqual({ events: 3, of: 7 })
  const more = Array.from({ length: 7 }, (_, i) => event(800 + i, 'login', ['w1', 'u1'], LAST_DAY))
  await client['import.run']({ sources: [engine.write('more.csv', csv(more))] })
  expect((await client['score.run']({})).withoutKind).toBeNull()
})

test.each([
  { why: 'loops', setAside: [{ reason: 'looped', count: 30 }], of: 100, want: { events: 30, of: 100, looped: 30 } },
  {
    why: 'another reason',
    setAside: [{ reason: 'no_workspace', count: 30 }],
    of: 70,
    want: { events: 30, of: 100, looped: 0 },
  },
  { why: 'few', setAside: [{ reason: 'looped', count: 9 }], of: 100, want: null },
  { why: 'events that are yet to come', setAside: [{ reason: 'after_as_of', count: 90 }], of: 100, want: null },
  { why: 'none at all', setAside: [], of: 0, want: null },
])('events that count nowhere: $why', ({ setAside, of, want }) => {
  expect(tellingAside({ setAside, withoutKind: { events: 0, of } })).toEqual(want)
})
