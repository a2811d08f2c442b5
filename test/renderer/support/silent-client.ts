import { AppError } from '#lib/errors'

type Life = { phase: 'open' | 'closing' | 'over'; readonly end: Promise<never>; close: () => void }
let life = begun()

function begun(): Life {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  const own: Life = {
    phase: 'open',
    end: promise,
    close: () => {
      own.phase = 'closing'
      reject(new AppError('run/cancelled', 'the app was closed'))
    },
  }
  return own
}

/** The app that is open is closed: what is on its way is given up, and what a timer asks for later is never answered. */
export async function silence(): Promise<void> {
  const own = life
  life = begun()
  own.close()
  await new Promise(done => setTimeout(done))
  own.phase = 'over'
}

/** A client or a shell that answers as long as its app is open: nothing may reach the stores of the next test. */
export function whileOpen<T extends object>(part: T): T {
  const own = life
  return new Proxy(part, {
    get(target, name): unknown {
      const asked: unknown = Reflect.get(target, name)
      if (typeof asked !== 'function') return asked
      return (...given: unknown[]): unknown => {
        if (own.phase === 'over') return new Promise(() => undefined)
        if (own.phase === 'closing') return own.end
        const answer: unknown = Reflect.apply(asked, target, given)
        return answer instanceof Promise ? Promise.race([answer, own.end]) : answer
      }
    },
  })
}
