import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startProject } from '../support/engine.ts'
import { csv } from '../support/exports.ts'
import { answer, persons, startRoom, USERS } from './small-room.ts'

const RULE = 'email: one mailbox'

describe('rules', () => {
  test('a weight that is set changes what it weighs, is told as a diff, and is taken back', async () => {
    const { client } = await startRoom()
    const { hash, rules, thresholds } = await client['identity.rules']({})
    expect(thresholds).toEqual({ auto: 7, review: 0, watch: -3 })
    expect(rules.find(({ id }) => id === RULE)).toMatchObject({ unit: 'precision', value: 0.998, byDefault: 0.998 })
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    const bitsOf = async () => (await client['review.card']({ pair: persons('a1', 'a2') })).candidate.bits ?? 0
    const before = await bitsOf()
    const change = { changes: [{ id: RULE, value: 0.9 }], hash }
    const dry = await client['identity.setRules']({ ...change, dryRun: true })
    expect(dry).toMatchObject({ hash, isNew: false, diff: [{ id: RULE, before: 0.998, after: 0.9 }] })
    expect(await bitsOf()).toBe(before)
    const set = await client['identity.setRules'](change)
    expect(set.isNew).toBe(true)
    expect(await bitsOf()).toBe(before - 8.9375 + 3.1875)
    await expect(client['identity.setRules'](change)).rejects.toMatchObject({ code: 'usage/overtaken' })
    await client['review.undo']({})
    expect((await client['identity.rules']({})).hash).toBe(hash)
    expect(await bitsOf()).toBe(before)
  })

  test('the auto threshold moves what is joined, and never goes below +7', async () => {
    const { client } = await startRoom()
    const { hash, thresholds } = await client['identity.rules']({})
    const { persons: before } = await client['identity.overview']({})
    await client['identity.setRules']({ changes: [], thresholds: { ...thresholds, auto: 30 }, hash })
    const after = await client['identity.overview']({})
    expect(after.persons).toBe(before + 1)
    expect(after.thresholds.auto).toBe(30)
    const low = { changes: [], thresholds: { ...thresholds, auto: 6 }, hash: (await client['identity.rules']({})).hash }
    await expect(client['identity.setRules'](low)).rejects.toMatchObject({ code: 'usage/bad-argument' })
  })

  test.each([
    { why: 'there is no such rule', id: 'email: telepathy', value: 1 },
    { why: 'a precision below one half speaks against what it identifies', id: RULE, value: 0.3 },
    { why: 'a share is below 1', id: 'locale: same', value: 1 },
    { why: 'bits are few', id: 'name: different', value: 100 },
  ])('$why', async ({ id, value }) => {
    const { client } = await startRoom()
    const { hash } = await client['identity.rules']({})
    await expect(client['identity.setRules']({ changes: [{ id, value }], hash })).rejects.toMatchObject({
      code: 'usage/bad-argument',
    })
  })
})

describe('domains', () => {
  test('a domain is told with who uses it; saying that it is a provider keeps it from leading to an account', async () => {
    const { client } = await startRoom()
    const of = async (search: string) => (await client['identity.domains']({ search })).domains
    expect(await of('three.com')).toEqual([
      {
        domain: 'three.com',
        class: 'corporate',
        byDefault: 'corporate',
        users: 1,
        persons: 1,
        workspaces: 0,
        accounts: [{ accountId: 'acc2', name: 'Three', billingOf: null }],
        accountsTotal: 1,
        proposed: null,
      },
    ])
    expect(await of('gmail')).toMatchObject([{ class: 'free_mail', users: 2, persons: 1 }])
    const matched = async () => {
      await client['identity.overview']({})
      const { candidates } = await client['review.queue']({ question: 'signups', bands: ['auto'] })
      return candidates.map(({ pair }) => [pair.a, pair.b])
    }
    expect(await matched()).toContainEqual(['b3', 'acc2'])
    await client['identity.setDomain']({ domain: 'three.com', class: 'free_mail' })
    expect(await matched()).not.toContainEqual(['b3', 'acc2'])
    expect(await of('three.com')).toMatchObject([{ class: 'free_mail', byDefault: 'corporate' }])
    await client['identity.setDomain']({ domain: 'three.com', class: null })
    expect(await matched()).toContainEqual(['b3', 'acc2'])
    await expect(client['identity.setDomain']({ domain: 'com', class: 'relay' })).rejects.toMatchObject({
      code: 'usage/bad-argument',
    })
  })
})

describe('weights that the data suggest', () => {
  /** A company where those who share name and locale are one, and those who share the locale alone are not. */
  const users = Array.from({ length: 240 }, (_, i) => {
    const person = i < 120 ? i : i - 120
    const [given, family] = [`Given${person % 24}`, `Family${Math.floor(person / 2)}`]
    const at = i < 120 ? 'one' : 'two'
    return {
      user_id: `u${String(i).padStart(3, '0')}`,
      name: `${given} ${family}`,
      primary_email: `${given}.${family}@${at}.com`.toLowerCase(),
      locale: i % 10 === 0 ? 'de' : 'en',
    }
  })

  test('stay near those in force, can be accepted as they are, and change nothing by themselves', async () => {
    const engine = await startProject()
    const { client } = engine
    await client['import.run']({ sources: [engine.write('users.csv', csv(users))] })
    const before = await client['identity.rules']({})
    const { hash, proposals } = await client['identity.proposeRules']({})
    expect(proposals.length).toBeGreaterThan(0)
    expect(await client['identity.rules']({})).toEqual(before)
    expect(hash).toBe(before.hash)
    for (const { id, value, proposed, bits, proposedBits, pairs } of proposals) {
      const rule = before.rules.find(one => one.id === id)
      expect(rule?.value).toBe(value)
      expect(rule?.unit).not.toBe('precision')
      expect(Math.abs(proposedBits - bits)).toBeLessThanOrEqual(4 + 1 / 16)
      expect(pairs).toBeGreaterThanOrEqual(20)
      expect(Math.sign(proposed - value)).toBe(Math.sign(proposedBits - bits))
    }
    const changes = proposals.map(({ id, proposed }) => ({ id, value: proposed }))
    const { diff } = await client['identity.setRules']({ changes, hash, dryRun: true })
    expect(diff.map(({ id, after }) => [id, after])).toEqual(proposals.map(({ id, proposed }) => [id, proposed]))
    const { folder, files } = await client['identity.export']({ target: engine.path('out'), proposeWeights: true })
    expect(files.find(({ name }) => name === 'weights_proposal.csv')?.rows).toBe(proposals.length)
    expect(readFileSync(join(folder, 'weights_proposal.csv'), 'utf8')).toContain(proposals[0]?.id ?? 'none')
  })
})

describe('labels', () => {
  test('a blind sample is of joined pairs, and labels give a share with its interval', async () => {
    const { client } = await startRoom()
    const sheet = await client['identity.labels']({})
    expect(sheet).toMatchObject({ population: 1, labelled: 0, precision: null, labelledAt: null })
    expect(sheet.sample.map(({ pair, label }) => [pair.a, pair.b, label])).toEqual([['a1', 'a2', null]])
    const kept = await client['identity.label']({ labels: [{ a: 'a2', b: 'a1', label: 'same' }] })
    expect(kept.labelled).toBe(1)
    expect(kept.bits[0]).toBeGreaterThanOrEqual(7)
    const after = await client['identity.labels']({})
    expect(after.precision?.value).toBe(1)
    expect(after.precision?.low).toBeCloseTo(0.2065, 3)
    await client['identity.label']({ labels: [{ a: 'a1', b: 'a2', label: 'unsure' }] })
    expect(await client['identity.labels']({})).toMatchObject({ labelled: 1, judged: 0, precision: null })
  })

  test('labels are no decisions', async () => {
    const engine = await startRoom()
    const { client } = engine
    const { state } = await client['review.queue']({ question: 'persons' })
    await client['identity.label']({ labels: [{ a: 'a1', b: 'a2', label: 'different' }] })
    expect((await client['review.queue']({ question: 'persons' })).state).toBe(state)
    await answer(engine, 'b1', 'b2')
    expect((await client['review.queue']({ question: 'persons' })).state).not.toBe(state)
    expect((await client['identity.overview']({})).records.users).toBe(USERS.length)
  })
})
