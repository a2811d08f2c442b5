import { expect, test } from 'vitest'
import { addDecision, type NewDecision } from '#store'
import { seenState } from '../../../core/app/stitched-events.ts'
import { importBatch, inProject, rowOf } from '../store/temporary-project.ts'

const entry = (kind: NewDecision['kind'], object: string, ...keys: string[]): NewDecision => ({
  kind,
  subject: keys.map(key => ({ source: 'users', object, key })),
  payload: {},
  reverts: null,
  decidedAt: 5,
})

test('whose events are is found anew after data and decisions about ids, not after answers about people', () => {
  inProject(db => {
    const users = ['u1', 'u2'].map((user_id, i) => rowOf('users', i + 2, { user_id }))
    const empty = seenState(db)
    importBatch(db, 'b', [{ table: 'users', rows: users }])
    const imported = seenState(db)
    expect(imported).not.toBe(empty)
    addDecision(db, entry('must_link', 'user', 'u1', 'u2'))
    expect(seenState(db)).toBe(imported)
    const blocked = addDecision(db, entry('block_value', 'anonymous_id', 'kiosk'))
    expect(seenState(db)).not.toBe(imported)
    addDecision(db, { ...entry('undo', 'user'), subject: [], reverts: blocked })
    expect(seenState(db)).toBe(imported)
  })
})
