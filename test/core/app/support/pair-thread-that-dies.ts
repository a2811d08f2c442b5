import { parentPort } from 'node:worker_threads'
import type { PairOrder } from '#identity'

/** Takes every third chunk, and is gone with them. */
parentPort?.on('message', (order: PairOrder) => {
  if (order.kind !== 'pairs') return
  for (let at = 0; at < order.claims.length; at += 3) Atomics.compareExchange(order.claims, at, 0, 2)
  process.exit(1)
})
