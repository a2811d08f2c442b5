import { describe, expect, test } from 'vitest'
import type { TestEngine } from '../support/engine.ts'
import { startProject } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'
import { countsOf } from './small-room.ts'

const WORKSPACES = [
  ['w1', 'Quince Labs', 'ann@quince.com'],
  ['w2', 'Quince Labs two', 'bob@quince.com'],
  ['w3', 'Rhubarb', null],
  ['w4', 'Nothing', null],
].map(([workspace_id, workspace_name, billing_contact_email]) => ({
  workspace_id: workspace_id ?? null,
  workspace_name: workspace_name ?? null,
  billing_contact_email: billing_contact_email ?? null,
}))
const ACCOUNTS = [
  { account_id: 'acc1', name: 'Quince', primary_domain: 'quince.com' },
  { account_id: 'acc2', name: 'Quince of the East', primary_domain: 'quince.com' },
  { account_id: 'acc3', name: 'Rhubarb', primary_domain: 'rhubarb.com' },
]
const USERS = [
  { user_id: 'u1', primary_email: 'eve@sorrel.com', name: 'Eve Sorrel' },
  { user_id: 'u2', primary_email: 'ida@quince.com', name: 'Ida Quince' },
]

async function start(): Promise<TestEngine> {
  const engine = await startProject()
  const files = { users: USERS, workspaces: WORKSPACES, accounts: ACCOUNTS, events: EVENTS }
  await engine.client['import.run']({
    sources: Object.entries(files).map(([name, rows]) => engine.write(`${name}.csv`, csv(rows))),
  })
  return engine
}

type Question = 'accounts' | 'signups' | 'workspaces'
const band = async ({ client }: TestEngine, pair: Readonly<{ question: Question; a: string; b: string }>) => {
  const { candidate, waterfall } = await client['review.card']({ pair })
  return { band: candidate.band, bits: candidate.bits, evidence: waterfall.map(({ comparison }) => comparison) }
}

describe('an answer settles', () => {
  test.each<{ why: string; question: Question; a: string; b: string; answer: 'same' | 'different' }>([
    { why: 'the account of a workspace', question: 'accounts', a: 'w1', b: 'acc2', answer: 'same' },
    { why: 'that an account is not the one', question: 'accounts', a: 'w1', b: 'acc1', answer: 'different' },
    { why: 'an account that only a name suggests', question: 'accounts', a: 'w3', b: 'acc3', answer: 'same' },
    { why: 'that the name suggests the wrong one', question: 'accounts', a: 'w3', b: 'acc3', answer: 'different' },
    { why: 'an account for which nothing speaks', question: 'accounts', a: 'w4', b: 'acc3', answer: 'same' },
    { why: 'the account of a sign-up', question: 'signups', a: 'u2', b: 'acc1', answer: 'same' },
    { why: 'that a sign-up is of another one', question: 'signups', a: 'u2', b: 'acc1', answer: 'different' },
    { why: 'a sign-up for which nothing speaks', question: 'signups', a: 'u1', b: 'acc3', answer: 'same' },
    { why: 'two workspaces', question: 'workspaces', a: 'w1', b: 'w2', answer: 'same' },
    { why: 'two workspaces with nothing in common', question: 'workspaces', a: 'w3', b: 'w4', answer: 'different' },
  ])('$why', async ({ question, a, b, answer }) => {
    const engine = await start()
    const { client } = engine
    const pair = { question, a, b }
    const before = await band(engine, pair)
    await client['review.decide']({ answers: [{ pair, answer }] })
    const settled = { ...before, band: 'decided' }
    expect(await band(engine, pair)).toEqual(settled)
    await client['score.run']({})
    expect(await band(engine, pair)).toEqual(settled)
    await client['import.run']({ sources: [engine.write('workspaces.csv', csv(WORKSPACES))] })
    expect(await band(engine, pair)).toEqual(settled)
    expect(await countsOf(engine, question)).toMatchObject({ decided: 1, reconfirm: 0 })
    const { candidates } = await client['review.queue']({ question, bands: ['review', 'ambiguous', 'reconfirm'] })
    expect(candidates.map(one => one.pair)).not.toContainEqual(pair)
  })

  test('and is asked again where the evidence itself changed, then settles anew', async () => {
    const engine = await start()
    const { client } = engine
    const pair = { question: 'accounts', a: 'w1', b: 'acc2' } as const
    await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    const moved = WORKSPACES.map(row => (row.workspace_id === 'w1' ? { ...row, billing_contact_email: null } : row))
    await client['import.run']({ sources: [engine.write('workspaces.csv', csv(moved))] })
    expect(await countsOf(engine, 'accounts')).toMatchObject({ decided: 0, reconfirm: 1 })
    await client['review.decide']({ answers: [{ pair, answer: 'same' }] })
    expect(await countsOf(engine, 'accounts')).toMatchObject({ decided: 1, reconfirm: 0 })
  })

  test('whatever else is answered about the same workspace', async () => {
    const engine = await start()
    const { client } = engine
    const [one, other] = ['acc1', 'acc2'].map(b => ({ question: 'accounts', a: 'w1', b }) as const)
    for (const [pair, answer] of [
      [one, 'different'],
      [other, 'same'],
      [one, 'different'],
    ] as const)
      if (pair !== undefined) await client['review.decide']({ answers: [{ pair, answer }] })
    expect(await countsOf(engine, 'accounts')).toMatchObject({ decided: 2, reconfirm: 0 })
  })
})
