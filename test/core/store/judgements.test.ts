import { describe, expect, test } from 'vitest'
import type { NewDecision } from '#store'
import {
  addDecision,
  assignOwners,
  dataState,
  decisionsInForce,
  identityDecisions,
  lastingAssignments,
  listDecisions,
  listExports,
  listVersions,
  putInForce,
  readMeta,
  readRunPart,
  readVersion,
  releaseOwners,
  saveExport,
  saveRunPart,
  saveVersion,
  versionInForce,
} from '#store'
import { makeRun } from './run-data.ts'
import { inProject } from './temporary-project.ts'

const link = (a: string, b: string): NewDecision => ({
  kind: 'must_link',
  subject: [
    { source: 'users', object: 'user', key: a },
    { source: 'users', object: 'user', key: b },
  ],
  payload: { because: 'same person' },
  reverts: null,
  decidedAt: 5,
})
const revert = (kind: 'undo' | 'redo', reverts: number): NewDecision => ({
  ...link('a', 'b'),
  kind,
  subject: [],
  reverts,
})

describe('decisions', () => {
  test('are kept in order, whole', () => {
    inProject(db => {
      expect([addDecision(db, link('a', 'b')), addDecision(db, link('b', 'c'))]).toEqual([1, 2])
      expect(listDecisions(db)).toEqual([
        { decisionNo: 1, ...link('a', 'b') },
        { decisionNo: 2, ...link('b', 'c') },
      ])
      const [first] = identityDecisions(db)
      expect(first).toEqual({
        id: '1',
        type: 'must_link',
        a: { object: 'user', key: 'a' },
        b: { object: 'user', key: 'b' },
      })
    })
  })

  test('that two persons are two is one, whatever number of records they have', () => {
    const [left, right] = ['a', 'b'].map(name => Array.from({ length: 50 }, (_, i) => `${name}${i}`))
    inProject(db => {
      addDecision(db, { ...link('a0', 'b0'), kind: 'cannot_link', payload: { persons: [left, right] } })
      addDecision(db, { ...link('c', 'd'), kind: 'cannot_link', payload: { persons: [['c'], ['d']] } })
      const [a, b] = [
        { object: 'user', key: 'a0' },
        { object: 'user', key: 'b0' },
      ]
      expect(identityDecisions(db)).toEqual([
        { id: '1', type: 'cannot_link', a, b, persons: [left, right] },
        { id: '2', type: 'cannot_link', a: { object: 'user', key: 'c' }, b: { object: 'user', key: 'd' } },
      ])
    })
  })

  test('taken back hold no more, taken up again they do', () => {
    inProject(db => {
      addDecision(db, link('a', 'b'))
      addDecision(db, revert('undo', 1))
      expect(decisionsInForce(db)).toEqual([])
      addDecision(db, revert('redo', 1))
      expect(decisionsInForce(db).map(({ decisionNo }) => decisionNo)).toEqual([1])
      expect(listDecisions(db)).toHaveLength(3)
    })
  })

  test('are never changed or deleted, not even by hand', () => {
    inProject(db => {
      addDecision(db, link('a', 'b'))
      expect(() => db.exec(`UPDATE decision SET payload = '{}'`)).toThrow('decisions are only added')
      expect(() => db.exec('DELETE FROM decision')).toThrow('decisions are only added')
    })
  })

  test('each changes the data state, and equal histories have equal states', () => {
    const states = [1, 2].map(() =>
      inProject(db => {
        const before = dataState(db)
        addDecision(db, link('a', 'b'))
        const after = dataState(db)
        addDecision(db, { ...link('a', 'b'), decidedAt: 9 })
        return [before, after, dataState(db)]
      }),
    )
    expect(new Set(states[0]).size).toBe(3)
    expect(states[1]).toEqual(states[0])
  })
})

describe('versions of model and policy', () => {
  const version = (digit: string, createdAt = 1) => ({ hash: digit.repeat(64), json: `{"name":"${digit}"}`, createdAt })

  test('are kept once, under their hash, and one of each is in force', () => {
    inProject(db => {
      expect([versionInForce(db, 'model'), readVersion(db, 'model', 'a'.repeat(64))]).toEqual([null, null])
      expect(saveVersion(db, 'model', version('a'))).toBe(true)
      expect(versionInForce(db, 'model')).toBeNull()
      putInForce(db, 'model', version('b'))
      expect(saveVersion(db, 'model', version('b', 7))).toBe(false)
      putInForce(db, 'model', version('a', 7))
      putInForce(db, 'policy', version('c'))
      expect(versionInForce(db, 'model')).toEqual(version('a'))
      expect(versionInForce(db, 'policy')).toEqual(version('c'))
      expect(listVersions(db, 'model')).toEqual([version('b'), version('a')])
      expect(readMeta(db)).toMatchObject({ modelHash: 'a'.repeat(64), policyHash: 'c'.repeat(64) })
    })
  })
})

describe('owners', () => {
  test('keep a unit until they are released', () => {
    inProject(db => {
      const [first, second] = [makeRun(db, 0), makeRun(db, 0)]
      const given = { unitId: 'w1', owner: 'ann', team: 'SDR', sinceRun: first }
      assignOwners(db, 'workspace', [given, { ...given, unitId: 'w0', team: 'CSM' }])
      assignOwners(db, 'workspace', [{ ...given, owner: 'bea', sinceRun: second }])
      expect(lastingAssignments(db, 'workspace')).toEqual([{ ...given, unitId: 'w0', team: 'CSM' }, given])
      expect(lastingAssignments(db, 'account')).toEqual([])
      releaseOwners(db, 'workspace', [given, { unitId: 'w0', team: 'CSM' }], second)
      assignOwners(db, 'workspace', [{ ...given, owner: 'bea', sinceRun: second }])
      expect(lastingAssignments(db, 'workspace')).toEqual([{ ...given, owner: 'bea', sinceRun: second }])
    })
  })
})

describe('parts of a run', () => {
  test('come back as they were kept, with their run', () => {
    inProject(db => {
      const runId = makeRun(db, 0)
      saveRunPart(db, runId, 'identities', [{ name: 'Größe' }, null, 1.5])
      expect(readRunPart(db, runId, 'identities')).toEqual([{ name: 'Größe' }, null, 1.5])
      expect(() => readRunPart(db, runId, 'other')).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
      db.exec(`UPDATE run_part SET content = x'ff'`)
      expect(() => readRunPart(db, runId, 'identities')).toThrow(expect.objectContaining({ code: 'store/corrupt' }))
    })
  })
})

describe('exports', () => {
  test('are recorded, newest first', () => {
    inProject(db => {
      const runId = makeRun(db, 0)
      const written = { runId, preset: 'csv', target: 'out', manifest: '{"files":[]}', createdAt: 3 }
      expect([saveExport(db, written), saveExport(db, { ...written, target: 'out2' })]).toEqual([1, 2])
      expect(listExports(db)).toEqual([
        { exportId: 2, ...written, target: 'out2' },
        { exportId: 1, ...written },
      ])
    })
  })
})
