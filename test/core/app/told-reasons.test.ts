import { expect, test } from 'vitest'
import { startProject } from './support/engine.ts'
import { csv, event, LAST_DAY, WORKSPACES } from './support/exports.ts'

const USERS = [{ user_id: 'u1', name: 'Ada Long', primary_email: 'ada@acme.com' }]

async function told(contacts: readonly Readonly<Record<string, string>>[]): Promise<readonly string[]> {
  const engine = await startProject()
  const { client } = engine
  const events = [event(1, 'key_action_completed', ['w1', 'u1'], LAST_DAY)]
  const files = { workspaces: WORKSPACES, users: USERS, contacts, events }
  const sources = Object.entries(files).flatMap(([name, rows]) =>
    rows.length === 0 ? [] : [engine.write(`${name}.csv`, csv(rows))],
  )
  await client['import.run']({ sources })
  await client['score.run']({})
  const { lines } = await client['score.unit']({ unitId: 'w1' })
  return lines.filter(({ scope }) => scope === 'person').map(({ sentence }) => sentence)
}

test.each([
  { why: 'by name', contacts: [], want: /^Ada Long completed the key action/ },
  {
    why: 'without the name of who opted out',
    contacts: [{ contact_id: '501', email: 'ada@acme.com', opted_out: 'true' }],
    want: /^One person completed the key action/,
  },
])('a line of one person is told of that person, $why', async ({ contacts, want }) => {
  const sentences = await told(contacts)
  expect(sentences).toHaveLength(1)
  expect(sentences[0]).toMatch(want)
})
