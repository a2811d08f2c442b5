import type { Input } from '#contract/contract'
import { startProject, type TestEngine, withFile } from './engine.ts'

export type Change = Input<'held.fix'>['change']

const HEADER = 'user_id,primary_email,name,created_at\n'
/** Enough to prove how dates are read, whatever the others say. */
const GOOD = Array.from({ length: 160 }, (_, i) => `g${i},g${i}@example.com,Good ${i},05/13/2026\n`).join('')

/** Of its last six rows, on lines 162 to 167, the first five are held. */
const USERS = `${HEADER}${GOOD}u1,a@example.com,Ana,31/12/2026
u2,b@example.com,Ben,soon
,c@example.com,=Cleo(1),05/14/2026
u4,d@example.com,Dan,30/11/2026
u5,e@example.com
u2,b2@example.com,Bea,05/15/2026
`
/** The rule that holds two of them. */
export const DATES = { code: 'value/impossible-date', column: 'created_at' }

/** A project with one imported file. */
export async function imported(
  content = USERS,
  name = 'users.csv',
): Promise<TestEngine & Readonly<{ importId: number }>> {
  const engine = await startProject()
  const { files } = await engine.client['import.run']({ sources: [engine.write(name, content)] })
  return { ...engine, importId: files[0]?.importId ?? 0 }
}

/** The published row of a user, of a project that was closed. */
export function userOf(engine: TestEngine, key: string): Record<string, unknown> {
  return withFile(
    engine,
    ({ db }) => db.prepare('SELECT * FROM users WHERE user_id = ?').get(key) as Record<string, unknown>,
  )
}

/** Rules with their counts, as lines. */
export async function groups({ client }: TestEngine): Promise<readonly string[]> {
  const { groups: found } = await client['held.groups']({})
  return found.map(({ state, code, column, count }) => `${state} ${code} ${column} ${count}`.replace('  ', ' '))
}

/** What the rows that each import held have come to. */
export async function totals({ client }: TestEngine): Promise<unknown> {
  const { imports } = await client['held.groups']({})
  return imports.map(({ held, leftOut, fixed }) => ({ held, leftOut, fixed }))
}
