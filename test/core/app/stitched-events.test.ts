import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'
import { csv, LAST_DAY } from './support/exports.ts'

const DAY = 86_400_000

type Doing = Readonly<
  [id: string, name: string, age: number, user: string, ids: Readonly<{ a?: string; d?: string }>, workspace?: string]
>

const rowOf = ([id, name, age, user, { a = '', d = '' }, workspace = '']: Doing) => ({
  event_id: id,
  event_name: name,
  timestamp: new Date(LAST_DAY - age * DAY).toISOString(),
  workspace_id: workspace,
  user_id: user,
  anonymous_id: a,
  device_id: d,
})

const WORKSPACES = ['w1', 'w2'].map(id => ({ workspace_id: id, workspace_name: id, created_at: '2026-01-01' }))
const USERS = [
  { user_id: 'u1', primary_email: 'ada@hot.example', name: 'Ada Byron', workspace_id: 'w1' },
  { user_id: 'u2', primary_email: 'bob@hot.example', name: 'Bob Marsh', workspace_id: 'w1' },
  { user_id: 'u3', primary_email: 'cyd@warm.example', name: 'Cyd Lowe', workspace_id: 'w2' },
]
/** What was done without a login: by Ada before hers, on the kiosk, and by a visitor. */
const ANONYMOUS: readonly Doing[] = [
  ['e1', 'pricing_page_view', 4, '', { a: 'anon1' }],
  ['e2', 'usage_limit_hit', 3, '', { a: 'anon1', d: 'laptop' }],
  ['e3', 'upgrade_click', 2, '', { d: 'kiosk' }, 'w1'],
  ['e4', 'page_view', 2, '', { a: 'visitor' }, 'w1'],
]
const LOGINS: readonly Doing[] = [
  ['e5', 'login', 1, 'u1', { a: 'anon1' }, 'w1'],
  ['e6', 'login', 3, 'u2', { d: 'kiosk' }, 'w1'],
  ['e7', 'login', 1, 'u1', { d: 'kiosk' }, 'w1'],
  ['e8', 'login', 0, 'u3', {}, 'w2'],
]

const importRows = async (engine: TestEngine, name: string, rows: Parameters<typeof csv>[0]): Promise<void> =>
  void (await engine.client['import.run']({ sources: [engine.write(`${name}.csv`, csv(rows))] }))

async function started(...files: readonly (readonly Doing[])[]): Promise<TestEngine> {
  const engine = await startProject()
  await importRows(engine, 'workspaces', WORKSPACES)
  await importRows(engine, 'users', USERS)
  for (const [i, events] of files.entries()) await importRows(engine, `events${i}`, events.map(rowOf))
  return engine
}

/** Scores the data and tells what each event of the first workspace is taken for. */
async function judged({ client }: TestEngine) {
  await client['score.run']({ asOf: '2026-05-31' })
  const { events } = await client['score.events']({ unitId: 'w1', limit: 50, before: null, signal: null })
  const { score } = (await client['score.unit']({ unitId: 'w1' })).row
  const seen = events.map(({ name, userId, stitched }) => `${name} ${userId} ${stitched?.id ?? '-'}`)
  return { score, seen: seen.toSorted() }
}

const WANT = [
  'login u1 -',
  'login u1 -',
  'login u2 -',
  'page_view null -',
  'pricing_page_view u1 anon1',
  'upgrade_click null -',
  'usage_limit_hit u1 anon1',
]

describe('events by nobody', () => {
  test('go to whoever logged in next, and to the one workspace of that user, whatever file came first', async () => {
    const engine = await started(ANONYMOUS, LOGINS)
    const found = await judged(engine)
    expect(found.seen).toEqual(WANT)
    const { people } = await engine.client['score.unit']({ unitId: 'w1' })
    expect(people.map(({ personId }) => personId).toSorted()).toEqual(['u1', 'u2'])
    expect(await judged(await started(LOGINS, ANONYMOUS))).toEqual(found)
    expect(await judged(await started([...LOGINS, ...ANONYMOUS].toReversed()))).toEqual(found)
    expect(await judged(await started(LOGINS, ANONYMOUS, ANONYMOUS))).toEqual(found)
  })

  test('are nobody’s again when the file with the login is taken back, and somebody’s when it comes again', async () => {
    const engine = await started(ANONYMOUS, LOGINS.slice(1), LOGINS.slice(0, 1))
    const found = await judged(engine)
    const { imports } = await engine.client['import.list']({})
    await engine.client['import.undo']({ importId: imports[0]?.importId ?? 0 })
    const without = await judged(engine)
    expect(without.seen).toEqual(['login u1 -', 'login u2 -', 'page_view null -', 'upgrade_click null -'])
    expect(without.score).toBeLessThan(found.score)
    await importRows(engine, 'again', LOGINS.map(rowOf))
    expect(await judged(engine)).toEqual(found)
  })

  test('stay nobody’s where somebody says that the id identifies nobody', async () => {
    const engine = await started([
      ['e1', 'upgrade_click', 4, '', { d: 'laptop' }, 'w1'],
      ...LOGINS,
      ['e9', 'login', 1, 'u1', { d: 'laptop' }, 'w1'],
    ])
    expect((await judged(engine)).seen).toContain('upgrade_click u1 laptop')
    await engine.client['identity.setValue']({ kind: 'device_id', value: 'laptop', isBlocked: true })
    expect((await judged(engine)).seen).toContain('upgrade_click null -')
  })

  test('are told of: how many found somebody, and why others did not; every row says what it was given by', async () => {
    const nobodies: readonly Doing[] = [
      ['e9', 'page_view', 2, '', { a: '00000000-0000-0000-0000-000000000000' }, 'w1'],
      ['e10', 'page_view', 2, '', { d: 'unknown' }, 'w1'],
      ['e11', 'page_view', 2, '', {}, 'w1'],
      // Of no workspace that is known: not among those found.
      ['e12', 'page_view', 2, '', { d: 'kiosk' }, 'w9'],
    ]
    const { client } = await started([...ANONYMOUS, ...nobodies], LOGINS)
    const report = await client['health.run']({ asOf: '2026-05-31' })
    const check = report.checks.find(({ code }) => code === 'event_without_user')
    expect(check).toMatchObject({ count: 5 })
    expect(check?.evidence).toEqual([
      'Not counted here: 2 events that came before a login of 1 user',
      '1 event not given to the next login: somebody else used the device too (device kiosk)',
      '1 event with an id under which nobody logs in later',
      '2 events with an id that identifies nobody: a placeholder, or one that was blocked',
      '1 event with neither an anonymous id nor a device',
    ])
    const { rows } = await client['health.rows']({ code: 'event_without_user', offset: 0, limit: 10 })
    expect(rows.map(({ values }) => [values[1], ...values.slice(4)])).toEqual(
      expect.arrayContaining([
        ['upgrade_click', null, 'kiosk', 'other_user'],
        ['page_view', 'visitor', null, 'never_logged_in'],
      ]),
    )
    expect(check?.fix).toContain('shared devices need nothing')
    const { coverage } = report
    expect(coverage.find(({ id }) => id === 'event_user')?.found ?? 6).toBe(6)
  })

  test('date the person and its ids', async () => {
    const engine = await started(ANONYMOUS, LOGINS)
    await judged(engine)
    const page = await engine.client['identity.person']({ id: 'u1' })
    expect(page.anonymous).toEqual({
      since: LAST_DAY - 4 * DAY,
      under: [{ kind: 'anonymous_id', id: 'anon1', from: LAST_DAY - 4 * DAY, to: LAST_DAY - DAY }],
    })
    expect(page.ladder[0]).toEqual({
      step: 'anonymous',
      at: LAST_DAY - 4 * DAY,
      dating: 'at',
      userId: 'u1',
      evidence: 'anonymous id anon1, before user u1 logged in',
    })
    await engine.client['identity.export']({ target: join(engine.folder, 'who') })
    const steps = readFileSync(join(engine.folder, 'who', 'person_ladder.csv'), 'utf8').split('\r\n')
    expect(steps.filter(line => line.includes('anonymous'))).toEqual([
      'u1,anonymous,2026-05-27T00:00:00.000Z,at,u1,"anonymous id anon1, before user u1 logged in"',
    ])
    const out = join(engine.folder, 'out')
    await engine.client['export.run']({ target: out })
    const identities = readFileSync(join(out, 'identities.csv'), 'utf8').split('\r\n')
    expect(identities.filter(line => line.includes('anon1'))).toEqual([
      'anonymous_id,anon1,2026-05-27T00:00:00.000Z,2026-05-30T00:00:00.000Z,u1',
    ])
    // A shared device is never one person's alone, and is nobody's past.
    expect(identities.filter(line => line.includes('kiosk'))).toEqual([
      'device_id,kiosk,2026-05-30T00:00:00.000Z,2026-05-30T00:00:00.000Z,u1',
      'device_id,kiosk,2026-05-28T00:00:00.000Z,2026-05-28T00:00:00.000Z,u2',
    ])
    const other = await engine.client['identity.person']({ id: 'u2' })
    expect(other.anonymous ?? null).toBeNull()
    expect(other.ladder.map(({ step }) => step)).toEqual(['signed_up'])
  })
})
