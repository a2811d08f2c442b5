import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { imported, totals, userOf } from './support/held.ts'

/** As MySQL writes it; of line 4 the time is wrong, line 6 is short. */
const USERS = `"user_id","primary_email","name","created_at"
"u1","a@example.com","Ann \\"Al\\" Bee","2026-05-01"
"u2","b@example.com",\\N,"2026-05-02"
"u3","c@example.com","C:\\\\new, \\"x\\"\\
y","soon"
"u4","d@example.com"
"u5","e@example.com","Eve","2026-05-03"
`

test('held rows of a file that escapes go out as they mean, and come back as they went or corrected', async () => {
  const engine = await imported(USERS)
  const { client } = engine
  await client['held.export']({ target: engine.path('held.csv') })
  const written = readFileSync(engine.path('held.csv'), 'utf8')
  expect(written).toContain('u3,c@example.com,"C:\\new, ""x""\ny",soon,users.csv,4,created_at,soon')
  expect(written).toContain('users.csv,6,,"""u4"",""d@example.com""",row/too-few-fields')
  const same = await client['held.load']({ source: engine.write('same.csv', written) })
  expect(same).toMatchObject({ rows: 2, corrected: 0, untouched: 2, done: [] })
  const corrected = written.replace(',soon,users', ',2026-05-04,users')
  const loaded = await client['held.load']({ source: engine.write('back.csv', corrected) })
  expect(loaded).toMatchObject({ rows: 2, corrected: 1, untouched: 1 })
  expect(await totals(engine)).toEqual([{ held: 1, leftOut: 0, fixed: 1 }])
  await engine.close()
  expect(userOf(engine, 'u1')['name']).toBe('Ann "Al" Bee')
  expect(userOf(engine, 'u2')['name']).toBeNull()
  expect(userOf(engine, 'u3')['name']).toBe('C:\\new, "x"\ny')
})
