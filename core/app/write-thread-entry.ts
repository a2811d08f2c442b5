import { parentPort, workerData } from 'node:worker_threads'
import { AppError, invariant } from '#lib/errors'
import { writeBeside } from '#store'
import { type FromWriter, SIGN, type WriteTask } from './write-message.ts'
import { writeInSteps } from './write-work.ts'

const port = parentPort
invariant(port !== null, 'this is the entry of a thread')
const say = (message: FromWriter): void => port.postMessage(message)
const { path, order, sign: memory } = workerData as WriteTask // handed over by write-thread.ts
const sign = new Int32Array(memory)

function heedStop(): void {
  if (Atomics.load(sign, 0) !== SIGN.stop) return
  throw new AppError('run/cancelled', 'cancelled; what was there before is unchanged')
}

function end(how: number): void {
  Atomics.store(sign, 0, how)
  Atomics.notify(sign, 0)
}

say({ kind: 'begun' })
try {
  writeBeside(
    path,
    db =>
      writeInSteps(db, order, at => {
        heedStop()
        say({ kind: 'at', at })
      }),
    {
      beforeCommit: () => {
        say({ kind: 'ready' })
        Atomics.wait(sign, 0, SIGN.none)
        heedStop()
      },
      committed: () => end(SIGN.committed),
    },
  )
  say({ kind: 'done' })
} catch (error) {
  if (Atomics.load(sign, 0) !== SIGN.committed) end(SIGN.failed)
  if (error instanceof AppError) {
    const { code, message, context } = error
    say({ kind: 'refused', code, message, context })
  } else say({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
