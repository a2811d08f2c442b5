import { afterEach, expect, test, vi } from 'vitest'
import type { CallOptions, Input } from '#contract/contract'
import { AppError } from '#lib/errors'
import {
  changeParameter,
  forgetSimulator,
  isIdentityPending,
  openSimulator,
  REST_MS,
  resetScenario,
  settle,
  stagesOf,
  undoChange,
  useSimulator,
} from '../../../renderer/src/state/simulator.ts'
import type { Parameter } from '../../../renderer/src/state/simulator-calls.ts'
import { answerIn, changesOf, minimal, withAnswer } from '../../../renderer/src/state/simulator-scenario.ts'
import { SLOW_MS, useSimulatorWork } from '../../../renderer/src/state/simulator-work.ts'
import { fakeClient } from '../support/fake-client.ts'

const parameter = (id: string): Parameter => {
  const found = useSimulator.getState().opened?.parameters.find(one => one.id === id)
  if (found === undefined) throw new Error(`no parameter ${id}`)
  return found
}
const decay = (): Parameter => parameter('buckets.intent.decayDays')

// Some tests let timers go by hand.
const realTimeout = globalThis.setTimeout

/** A client whose `simulate.set` answers when it is let to. */
function slowClient() {
  const client = fakeClient({ units: 40 })
  const asked: Input<'simulate.set'>[] = []
  const options: CallOptions[] = []
  const waiting: (() => void)[] = []
  const slow = {
    ...client,
    'simulate.open': client['simulate.open'],
    'simulate.set': async (input: Input<'simulate.set'>, own: CallOptions = {}) => {
      asked.push(input)
      options.push(own)
      await new Promise<void>(done => waiting.push(done))
      return await client['simulate.set'](input)
    },
  }
  const release = async (): Promise<void> => {
    waiting.shift()?.()
    await new Promise(done => realTimeout(done))
  }
  return { client: slow, asked, options, release }
}

test('while one question is on its way, only the newest of all changes is asked after it', async () => {
  const { client, asked, release } = slowClient()
  const opening = openSimulator(client)
  await new Promise(done => setTimeout(done))
  await release()
  await opening
  const changing = [8, 9, 10, 11].map(days => changeParameter(client, decay(), days))
  expect(asked).toHaveLength(2)
  expect(useSimulator.getState().isOld).toBe(true)
  await release()
  expect(useSimulator.getState().isOld).toBe(true)
  await release()
  await Promise.all(changing)
  expect(asked.map(({ scenario }) => scenario.model?.buckets?.intent?.decayDays)).toEqual([undefined, 8, 11])
  expect(asked.map(({ seq }) => seq)).toEqual(asked.map(({ seq }) => seq).toSorted((a, b) => a - b))
  expect(useSimulator.getState().isOld).toBe(false)
})

afterEach(() => {
  vi.useRealTimers()
})

/** The simulator is open, its first question answered, and timers go by hand. */
async function openSlow() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const slow = slowClient()
  const opening = openSimulator(slow.client)
  await new Promise(done => realTimeout(done))
  await slow.release()
  await opening
  const move = (bits: number): Promise<void> => changeParameter(slow.client, parameter('identity.threshold'), bits)
  const rest = (): unknown => vi.advanceTimersByTimeAsync(REST_MS)
  const thresholds = (): unknown => slow.asked.map(({ scenario }) => scenario.identity?.threshold)
  return { ...slow, move, rest, thresholds }
}

test('while the handle of who is who moves, nobody is asked; once it rests, its last place is', async () => {
  const { move, rest, thresholds, release } = await openSlow()
  const before = useSimulator.getState().answer
  const changing = [9, 10, 11].map(move)
  await vi.advanceTimersByTimeAsync(REST_MS - 1)
  expect(thresholds()).toEqual([undefined])
  expect(isIdentityPending(useSimulator.getState())).toBe(true)
  changing.push(move(12))
  await vi.advanceTimersByTimeAsync(REST_MS - 1)
  expect(thresholds()).toEqual([undefined])
  await rest()
  expect(thresholds()).toEqual([undefined, 12])
  expect(useSimulator.getState().answer).toBe(before)
  await release()
  await Promise.all(changing)
  expect(isIdentityPending(useSimulator.getState())).toBe(false)
  expect(useSimulator.getState().answer).not.toBe(before)
})

test('a step that is overtaken is given up at once, and its answer is not shown', async () => {
  const { move, rest, thresholds, options, release } = await openSlow()
  const before = useSimulator.getState().answer
  const changing = [move(9)]
  await rest()
  changing.push(move(12))
  expect(options.map(({ signal }) => signal?.aborted)).toEqual([false, true])
  await release()
  expect(useSimulator.getState().answer).toBe(before)
  expect(isIdentityPending(useSimulator.getState())).toBe(true)
  await rest()
  expect(thresholds()).toEqual([undefined, 9, 12])
  await release()
  await Promise.all(changing)
  expect(useSimulator.getState().answer?.seq).toBeGreaterThan(before?.seq ?? 0)
  expect(useSimulator.getState().isOld).toBe(false)
})

test('another handle that moves meanwhile asks for both at once', async () => {
  const { client, move, rest, asked, release } = await openSlow()
  const changing = [move(12), changeParameter(client, decay(), 10)]
  expect(asked.slice(1).map(({ scenario }) => scenario)).toMatchObject([
    { identity: { threshold: 12 }, model: { buckets: { intent: { decayDays: 10 } } } },
  ])
  await rest()
  expect(asked).toHaveLength(2)
  await release()
  await Promise.all(changing)
  expect(useSimulator.getState().isOld).toBe(false)
})

test('lists follow a handle that was let go when it rests', async () => {
  const { move, rest, release } = await openSlow()
  const changing = [move(9), move(12)]
  settle()
  expect(useSimulator.getState().settled).toEqual({ version: 1 })
  await rest()
  expect(useSimulator.getState().settled).toBe(useSimulator.getState().scenario)
  await release()
  await Promise.all(changing)
})

test('an answer that takes its time is told of, with what the engine says of it, until it is there', async () => {
  const { move, rest, options, release } = await openSlow()
  const changing = move(9)
  await rest()
  const said = { phase: 'Finding who is who', done: 0, total: 3, unit: 'steps', subject: null } as const
  options.at(-1)?.onProgress?.(said)
  await vi.advanceTimersByTimeAsync(SLOW_MS - 1)
  expect(useSimulatorWork.getState()).toEqual({ isSlow: false, said })
  await vi.advanceTimersByTimeAsync(1)
  expect(useSimulatorWork.getState()).toEqual({ isSlow: true, said })
  await release()
  await changing
  expect(useSimulatorWork.getState()).toEqual({ isSlow: false, said: null })
})

test('answers that were applied are of the base once it was scored with them', async () => {
  const client = fakeClient({ units: 40 })
  await openSimulator(client)
  const answer = { question: 'workspaces', a: 'w1', b: 'w2', answer: 'same', relation: 'merge' } as const
  const scenario = withAnswer({ version: 1, model: { roles: { admin: 2 } } }, answer)
  expect(changesOf(scenario)).toHaveLength(2)
  expect(minimal(scenario)).toEqual(scenario)
  expect(answerIn(scenario, { question: 'workspaces', a: 'w2', b: 'w1' })).toEqual(answer)
  useSimulator.setState({ scenario, decided: [answer], opened: null })
  await openSimulator(client)
  expect(useSimulator.getState().scenario).toEqual({ version: 1, model: { roles: { admin: 2 } } })
})

test('the base value takes a change out; a run of changes of one parameter is one step back', async () => {
  const client = fakeClient({ units: 40 })
  await openSimulator(client)
  for (const days of [8, 9, 10]) await changeParameter(client, decay(), days)
  await changeParameter(client, parameter('roles.admin'), 2)
  await undoChange(client)
  expect(useSimulator.getState().scenario).toEqual({ version: 1, model: { buckets: { intent: { decayDays: 10 } } } })
  await undoChange(client)
  expect(useSimulator.getState().scenario).toEqual({ version: 1 })
  await changeParameter(client, decay(), 10)
  await changeParameter(client, decay(), 7)
  expect(useSimulator.getState().scenario).toEqual({ version: 1 })
})

test('a threshold stops at its neighbours', async () => {
  const client = fakeClient({ units: 40 })
  await openSimulator(client)
  await changeParameter(client, parameter('stages.pql'), 95)
  await changeParameter(client, parameter('stages.warm'), 99)
  expect(stagesOf(useSimulator.getState())).toEqual({ warm: 80, pql: 80, hot: 80 })
})

test('a cap that the model does not have comes with a window, and goes with its points', async () => {
  const client = fakeClient({ units: 40 })
  await openSimulator(client)
  const points = parameter('signals.pricing_page_view.cap.points')
  await changeParameter(client, points, 12)
  await changeParameter(client, parameter('signals.pricing_page_view.cap.days'), 14)
  expect(useSimulator.getState().scenario.model?.signals).toEqual({
    pricing_page_view: { cap: { points: 12, days: 14 } },
  })
  await changeParameter(client, points, null)
  expect(useSimulator.getState().scenario).toEqual({ version: 1 })
})

test('a scenario that cannot be judged keeps the old picture and says why', async () => {
  const client = fakeClient({ units: 40 })
  await openSimulator(client)
  const before = useSimulator.getState().answer
  const refusing = {
    ...client,
    'simulate.set': async () =>
      await Promise.reject(new AppError('usage/bad-model', 'scenario: decay must be positive')),
  }
  await changeParameter(refusing, decay(), -1)
  const { answer, fault, isOld } = useSimulator.getState()
  expect({ isSame: answer === before, fault, isOld }).toEqual({
    isSame: true,
    fault: 'scenario: decay must be positive',
    isOld: false,
  })
  await resetScenario(client)
  expect(useSimulator.getState().fault).toBeNull()
})

test('another project forgets base and scenario, also while a question is on its way', async () => {
  const { client, release } = slowClient()
  const opening = openSimulator(client)
  await new Promise(done => setTimeout(done))
  forgetSimulator()
  await release()
  await opening
  expect(useSimulator.getState()).toMatchObject({ status: 'idle', opened: null, answer: null })
})
