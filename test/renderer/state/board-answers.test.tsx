import { beforeEach, expect, test } from 'vitest'
import {
  type Answer,
  answersOf,
  giveToOthers,
  newestGiven,
  othersAsking,
  placesAsking,
  takeBackAnswer,
  useAnswers,
} from '../../../renderer/src/state/board-answers.ts'
import { type BoardEntry, keyOf, useBoard } from '../../../renderer/src/state/mapping-board.ts'
import { type BoardFile, boardFiles } from '../../../renderer/src/state/mapping-rows.ts'
import { doubtfulPlan, fakeProof, type Plan } from '../support/fake-board.ts'

/** Eight files that each ask for one decimal mark and the order of two dates. */
const plans: readonly Plan[] = Array.from({ length: 8 }, (_, no) => ({ ...doubtfulPlan, source: `token-${no}` }))
const key = (no: number): string => `token-${no}`

function put(changed: Readonly<Record<string, Partial<BoardEntry>>> = {}): void {
  const entries = plans.map(plan => {
    const entry: BoardEntry = { edited: null, reading: { status: 'ready' }, proof: fakeProof(plan) }
    return [keyOf(plan), { ...entry, ...changed[keyOf(plan)] }] as const
  })
  useBoard.setState({ entries: Object.fromEntries(entries) })
}

const files = (): readonly BoardFile[] => boardFiles(plans, useBoard.getState().entries)
const order = (no: number): Answer => ({ setting: 'dateOrder', value: 'dmy', key: key(no), file: 'deals.csv' })
const openDates = (): readonly number[] => files().map(file => placesAsking(file, 'dateOrder').length)

beforeEach(() => {
  useAnswers.setState({ said: null, given: [] })
  put()
})

test('an answer goes to every other file that asks the same, and to no other question', () => {
  expect(othersAsking(files(), order(0)).map(file => file.key)).toEqual([1, 2, 3, 4, 5, 6, 7].map(key))
  giveToOthers(files(), order(0))
  expect(openDates()).toEqual([2, 0, 0, 0, 0, 0, 0, 0])
  expect(files().map(file => placesAsking(file, 'decimal').length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
  expect(newestGiven(files(), useAnswers.getState().given)?.files).toHaveLength(7)
})

test('one step takes it back from all of them, and leaves what was changed since', () => {
  giveToOthers(files(), order(0))
  const changed = { ...files()[3]?.entry.edited, source: 'changed since' }
  useBoard.setState(({ entries }) => ({
    entries: { ...entries, [key(3)]: { ...entries[key(3)], edited: changed } as BoardEntry },
  }))
  takeBackAnswer(files())
  expect(files().map(({ entry }) => entry.edited === null)).toEqual([true, true, true, false, true, true, true, true])
  expect(useAnswers.getState()).toEqual({ said: order(0), given: [] })
})

test('two answers are taken back one by one, the newest first, and then there is nothing left', () => {
  const decimal: Answer = { setting: 'decimal', value: ',', key: key(0), file: 'deals.csv' }
  giveToOthers(files(), order(0))
  giveToOthers(files(), decimal)
  const [, second] = files()
  expect(answersOf(second as BoardFile, useAnswers.getState().given)).toEqual([decimal, order(0)])
  expect(takeBackAnswer(files())).toBe(true)
  expect(answersOf(files()[1] as BoardFile, useAnswers.getState().given)).toEqual([order(0)])
  expect(takeBackAnswer(files())).toBe(true)
  expect(files().every(({ entry }) => entry.edited === null)).toBe(true)
  expect(takeBackAnswer(files())).toBe(false)
})

test('of a file that is gone nothing is offered', () => {
  expect(othersAsking(files().slice(1), order(0))).toEqual([])
})

test('an encoding is given to the files that ask for one', () => {
  const readings = [{ encoding: 'windows-1252', samples: '' }]
  const asks = { status: 'failed', code: 'import/ambiguous', message: 'not UTF-8', readings } as const
  put({ [key(2)]: { reading: asks, proof: null }, [key(5)]: { reading: asks, proof: null } })
  const answer: Answer = { setting: 'encoding', value: 'windows-1252', key: key(2), file: 'deals.csv' }
  giveToOthers(files(), answer)
  expect(files().map(({ entry }) => entry.edited?.encoding ?? null)).toEqual([
    null,
    null,
    null,
    null,
    null,
    'windows-1252',
    null,
    null,
  ])
})
