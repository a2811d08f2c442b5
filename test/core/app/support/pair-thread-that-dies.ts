import { parentPort } from 'node:worker_threads'
import type { PairOrder } from '#identity'

/** At an order of this kind it takes every third part, and is gone with them. */
const last = new URL(import.meta.url).searchParams.get('at')
parentPort?.on('message', (order: PairOrder) => {
  if (order.kind !== last) return
  if (order.kind === 'names') process.exit(1)
  for (let at = 0; at < order.claims.length; at += 3) Atomics.compareExchange(order.claims, at, 0, 2)
  process.exit(1)
})
