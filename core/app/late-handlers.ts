import { type Call, contract, type Handlers, type MethodName } from '#contract/contract'
import type { Context } from './context.ts'

/** The first word of the names of methods that are about one thing. */
export type RoomName = MethodName extends `${infer R}.${string}` ? R : never
export type HandlersOf<R extends RoomName> = Pick<Handlers<Context>, Extract<MethodName, `${R}.${string}`>>
/** Loads the handlers of each room. */
export type Rooms = { readonly [R in RoomName]: () => Promise<HandlersOf<R>> }

type AnyHandler = (ctx: Context, input: unknown, call: Call) => unknown
type Loaded = Readonly<Record<string, AnyHandler>>

/**
 * Handlers of the whole contract whose code is loaded with the first call that needs it: who imports waits for no simulator, and
 * keeps none in memory.
 *
 * Calls begin in the order in which they came, as if all had been there: while one waits for its code, those behind it wait too.
 *
 * @returns one handler per method; it answers at once where its code is there and none waits before it. Code that cannot be loaded
 *   rejects the call, and is tried again with the next one.
 */
export function lateHandlers(rooms: Rooms): Handlers<Context> {
  const loaded = new Map<RoomName, Loaded>()
  let last: Promise<void> | null = null

  async function load(room: RoomName): Promise<void> {
    if (!loaded.has(room)) loaded.set(room, (await rooms[room]()) as unknown as Loaded) // of this room, each with its own input
  }

  /** Begins when the code of its room is there, and all that waited before have begun. */
  function inTurn(room: RoomName, begin: () => unknown): Promise<unknown> {
    const begun = (last ?? Promise.resolve()).then(async () => await load(room)).then(() => ({ answer: begin() }))
    const settled = begun
      .catch(() => undefined) // whoever waits behind it has a room of their own
      .then(() => {
        if (last === settled) last = null
      })
    last = settled
    return begun.then(({ answer }) => answer)
  }

  const names = Object.keys(contract) as MethodName[]
  const handlers = names.map(name => {
    const room = name.slice(0, name.indexOf('.')) as RoomName // by the type of its name
    const handler: AnyHandler = (ctx, input, call) => {
      const begin = (): unknown => handlerIn(loaded, room, name)(ctx, input, call)
      return last === null && loaded.has(room) ? begin() : inTurn(room, begin)
    }
    return [name, handler]
  })
  return Object.fromEntries(handlers) as Handlers<Context> // one per name of the contract
}

function handlerIn(loaded: ReadonlyMap<RoomName, Loaded>, room: RoomName, name: MethodName): AnyHandler {
  const handler = loaded.get(room)?.[name]
  if (handler === undefined) throw new Error(`${name} has no handler`)
  return handler
}
