import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Answer, emailReader, type SecondThread, type WeighedUsers } from '#identity'
import { AppError } from '#lib/errors'
import { finish } from '#lib/steps'
import { inTurns } from '../../../core/app/jobs.ts'
import { openPairThread } from '../../../core/app/pair-thread.ts'
import { weighSteps } from '../../../core/identity/people/weigh-users.ts'
import { messyUsers } from '../identity/threads/messy-users.ts'

const GROUND = { decisions: [], read: emailReader(), weights: new Map<string, number>() }
const USERS = messyUsers(4000, 8)
const patient = { breathe: async () => void (await turn()) }
const numbersOf = ({ edges, limits, blocks, compared }: WeighedUsers) => ({ edges, limits, blocks, compared })
const alone = numbersOf(finish(weighSteps(USERS, GROUND)))
const opened: SecondThread[] = []
const open = (entry?: URL): SecondThread => {
  const second = openPairThread(USERS.length, 0, entry)
  if (second === null) throw new Error('no thread')
  opened.push(second)
  return second
}
const entryOf = (name: string, at = ''): URL => new URL(`./support/${name}.ts?at=${at}`, import.meta.url)

afterEach(() => {
  for (const second of opened.splice(0)) second.close()
})

describe('pairs scored by a thread beside this one', () => {
  test('are those that one thread finds, and some are from there', async () => {
    const second = open()
    const come: Answer[] = []
    let [count, isTold] = [0, false]
    const look = (): void => {
      come.push(...second.answers())
      count = Math.max(count, come.filter(({ kind }) => kind === 'pairs').length)
    }
    const watched: SecondThread = {
      ...second,
      tell: order => {
        isTold ||= order.kind === 'pairs'
        second.tell(order)
      },
      answers: () => {
        look()
        return come.splice(0)
      },
    }
    // As if this thread were slower than the other one takes to begin.
    const slow = {
      breathe: async () => {
        await turn()
        if (!isTold || count > 0) return
        await vi.waitFor(
          () => {
            look()
            expect(count).toBeGreaterThan(0)
          },
          { timeout: 120_000, interval: 5 },
        )
      },
    }
    expect(numbersOf(await inTurns(weighSteps(USERS, GROUND, watched), slow))).toEqual(alone)
  })

  test.each([
    { why: 'it does not start', entry: entryOf('no-such-entry') },
    { why: 'it ends while it reads names', entry: entryOf('pair-thread-that-dies', 'names') },
    { why: 'it ends with blocks that it took', entry: entryOf('pair-thread-that-dies', 'ground') },
    { why: 'it ends with chunks that it took', entry: entryOf('pair-thread-that-dies', 'pairs') },
  ])('are those that one thread finds where $why', async ({ entry }) => {
    expect(numbersOf(await inTurns(weighSteps(USERS, GROUND, open(entry)), patient))).toEqual(alone)
  })

  test('few records have no thread', () => {
    expect(openPairThread(19_999)).toBeNull()
  })

  test('a cancelled job ends it', async () => {
    const second = open()
    const close = vi.fn(second.close)
    let breaths = 0
    const impatient = {
      breathe: async () => {
        if (++breaths === 3) throw new AppError('run/cancelled', 'cancelled')
        await turn()
      },
    }
    const steps = weighSteps(USERS, GROUND, { ...second, close })
    await expect(inTurns(steps, impatient)).rejects.toMatchObject({ code: 'run/cancelled' })
    expect(close).toHaveBeenCalledOnce()
    await vi.waitFor(() => expect(second.isLost()).toBe(true), { timeout: 120_000, interval: 5 })
  })
})
