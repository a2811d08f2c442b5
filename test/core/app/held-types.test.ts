import { expect, test } from 'vitest'
import { imported, userOf } from './support/held.ts'

const typed = (id: string, created: string): string =>
  `{"user_id":{"S":"${id}"},"primary_email":{"S":"${id}@x.io"},"created_at":{"S":"${created}"}}\n`

test('a fix of one value of a record of DynamoDB leaves the others what they are', async () => {
  const engine = await imported(`${typed('u1', '2026-05-01')}${typed('u2', 'soon')}`, 'users.jsonl')
  const { client, importId } = engine
  const { done } = await client['held.fix']({
    change: {
      ...{ kind: 'rule', importId, code: 'value/not-a-time', column: 'created_at' },
      fix: { kind: 'replace', value: 'soon', to: '2026-05-02' },
    },
  })
  expect(done).toMatchObject([{ loaded: 1 }])
  await engine.close()
  expect(userOf(engine, 'u2')).toMatchObject({ primary_email: 'u2@x.io', created_at: '2026-05-02' })
})
