import { describe, expect, test } from 'vitest'
import { type Call, contract } from '#contract/contract'
import { createContext } from '../../../core/app/context.ts'
import { rooms } from '../../../core/app/handlers/index.ts'
import { lateHandlers, type RoomName, type Rooms } from '../../../core/app/late-handlers.ts'

const CALL: Call = { signal: new AbortController().signal, onProgress: () => undefined }
const ctx = createContext({
  kind: 'test',
  resolveSource: () => null,
  resolveTarget: () => null,
  report: () => undefined,
})
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Rooms that are there when told; every method of theirs notes that it began, and ends a turn later. */
function testRooms() {
  const loads = new Map<string, PromiseWithResolvers<void>[]>()
  const begun: string[] = []
  const handlerOf = (room: string, name: string) => async () => {
    begun.push(name)
    await turn()
    return room
  }
  const handlersOf = (room: string) =>
    Object.fromEntries(Object.keys(contract).map(name => [name, handlerOf(room, name)]))
  const given = new Proxy(
    {},
    {
      get: (_, room: string) => async () => {
        const load = Promise.withResolvers<void>()
        loads.set(room, [...(loads.get(room) ?? []), load])
        await load.promise
        return handlersOf(room)
      },
    },
  ) as Rooms
  const load = (room: RoomName): PromiseWithResolvers<void> => {
    const last = loads.get(room)?.at(-1)
    if (last === undefined) throw new Error(`${room} was not asked for`)
    return last
  }
  return { handlers: lateHandlers(given), begun, loads, load }
}

const ask = (handler: unknown): Promise<unknown> =>
  Promise.resolve((handler as (...about: unknown[]) => unknown)(ctx, {}, CALL))

describe('handlers whose code comes with the first call', () => {
  test('every method of the contract has one in the room of its first word', async () => {
    for (const name of Object.keys(contract)) {
      const room = name.slice(0, name.indexOf('.')) as RoomName
      expect(Object.keys(await rooms[room]())).toContain(name)
    }
  })

  test('nothing is loaded before, and each room once', async () => {
    const { handlers, loads, load } = testRooms()
    expect(loads.size).toBe(0)
    const [first, second] = [ask(handlers['score.rows']), ask(handlers['score.order'])]
    await turn()
    load('score').resolve()
    expect(await first).toBe('score')
    expect(await second).toBe('score')
    expect(await ask(handlers['score.unit'])).toBe('score')
    expect(loads.get('score')).toHaveLength(1)
    expect([...loads.keys()]).toEqual(['score'])
  })

  test('calls begin in the order in which they came, though the code of a later one is there', async () => {
    const { handlers, begun, load } = testRooms()
    const early = ask(handlers['held.groups'])
    await turn()
    load('held').resolve()
    await early
    const late = [ask(handlers['taxonomy.get']), ask(handlers['held.groups']), ask(handlers['model.get'])]
    await turn()
    expect(begun).toEqual(['held.groups'])
    load('taxonomy').resolve()
    await turn()
    load('model').resolve()
    const last = ask(handlers['held.groups'])
    await Promise.all([...late, last])
    expect(begun).toEqual(['held.groups', 'taxonomy.get', 'held.groups', 'model.get', 'held.groups'])
  })

  test('none waits for the end of another', async () => {
    const { handlers, begun, load } = testRooms()
    const answers = [ask(handlers['score.rows']), ask(handlers['score.order'])]
    await turn()
    load('score').resolve()
    await Promise.resolve()
    await Promise.race(answers)
    expect(begun).toEqual(['score.rows', 'score.order'])
  })

  test('code that cannot be loaded fails its own call alone, and is tried again', async () => {
    const { handlers, load } = testRooms()
    const broken = ask(handlers['score.rows'])
    const behind = ask(handlers['held.groups'])
    const seen = Promise.allSettled([broken, behind])
    await turn()
    load('score').reject(new Error('no such file'))
    await turn()
    load('held').resolve()
    expect(await seen).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'held' }])
    const again = ask(handlers['score.rows'])
    await turn()
    load('score').resolve()
    expect(await again).toBe('score')
  })
})
