import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { createPairWorker, type PairOrder } from '#identity/pair-worker'
import { invariant } from '#lib/errors'

const port = parentPort
invariant(port !== null, 'this is the entry of a thread')
const back = workerData as MessagePort // given by pair-thread.ts

const take = createPairWorker(answer => {
  if (answer.kind !== 'pairs') return back.postMessage(answer)
  const { a, b, steps } = answer.made.edges
  back.postMessage(
    answer,
    [a, b, steps].map(({ buffer }) => buffer as ArrayBuffer),
  ) // made for this chunk alone
})
port.on('message', (order: PairOrder) => take(order))
