import { type EngineOptions, startProject, type TestEngine } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'

const user = (
  user_id: string,
  primary_email: string | null,
  name: string | null,
  sso_subject: string | null = null,
) => ({
  user_id,
  primary_email,
  name,
  sso_subject,
  sso_provider: sso_subject === null ? null : 'okta',
  workspace_id: null as string | null,
})

/** Two records of Jane join by their address; two of Zeb are for somebody to look at; Ann's two have two SSO subjects. */
export const USERS = [
  user('a1', 'jane@gmail.com', 'Jane Roe'),
  user('a2', 'ja.ne@gmail.com', 'Jane Roe'),
  user('a3', 'jane.roe@acme.com', 'Jane Roe'),
  user('b1', 'zebulon.quark@one.com', 'Zebulon Quark'),
  user('b2', 'zebulonquark@two.com', 'Zebulon Quark'),
  user('b3', 'zebulon@three.com', 'Zebulon Quark'),
  user('c1', 'ann@hot.example', 'Ann Lee', 's1'),
  user('c2', 'ann@hot.example', 'Ann Lee', 's2'),
  ...Array.from({ length: 40 }, (_, i) => user(`z${i + 10}`, `p${i}@other${i}.com`, `Person${i} Family${i}`)),
]
const WORKSPACES = [
  {
    workspace_id: 'w1',
    workspace_name: 'Orvo Link',
    sso_tenant: 't1',
    creator_user_id: 'a1',
    created_at: '2026-03-01',
  },
  {
    workspace_id: 'w2',
    workspace_name: 'Orvo Link',
    sso_tenant: 't1',
    creator_user_id: 'a1',
    created_at: '2026-03-05',
  },
  {
    workspace_id: 'w3',
    workspace_name: 'Orvo Link sandbox',
    sso_tenant: 't1',
    creator_user_id: 'a1',
    created_at: '2026-03-05',
  },
]
const ACCOUNTS = [
  { account_id: 'acc1', name: 'Orvo Link', primary_domain: 'orvo.com' },
  { account_id: 'acc2', name: 'Three', primary_domain: 'three.com' },
]

/** What the room compares, by table. */
export const ROOM_FILES = { users: USERS, workspaces: WORKSPACES, accounts: ACCOUNTS }

/** A project with users, workspaces, accounts and events, not scored yet. */
export async function startRoom(options: EngineOptions = {}): Promise<TestEngine> {
  const engine = await startProject(options)
  const files = { ...ROOM_FILES, events: EVENTS }
  await engine.client['import.run']({
    sources: Object.entries(files).map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))),
  })
  return engine
}

export const persons = (a: string, b: string) => ({ question: 'persons', a, b }) as const
export const queue = async (
  { client }: TestEngine,
  question: 'persons' | 'workspaces' | 'accounts' | 'signups' = 'persons',
) => (await client['review.queue']({ question })).candidates
export const pairs = async (engine: TestEngine) => (await queue(engine)).map(({ pair }) => `${pair.a} ${pair.b}`)
export const countsOf = async ({ client }: TestEngine, question = 'persons') =>
  (await client['identity.overview']({})).counts.find(one => one.question === question)
export const answer = async (
  { client }: TestEngine,
  a: string,
  b: string,
  said: 'same' | 'different' | 'skip' = 'same',
) => await client['review.decide']({ answers: [{ pair: persons(a, b), answer: said }] })
