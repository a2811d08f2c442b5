import type { Client } from '#contract/contract'
import { AppError } from '#lib/errors'
import { loadOverview, useIdentity } from './identity-overview.ts'

/**
 * How long nobody has answered or gone on before who is who is found anew: at least, and at most. Where it takes long it holds cards
 * up, so that whoever thinks about one for a few seconds is not to meet it.
 */
const QUIET_MS = { least: 1500, most: 10_000 } as const

let latest = 0
let touchedAt = 0
let running: AbortController | null = null

/**
 * Reads where identity stands once it is quiet. After an answer that takes seconds in a large project, and cards are read by the same
 * engine: whoever answers on does not wait for it. A later call takes the place of this one.
 */
export async function overviewWhenQuiet(client: Pick<Client, 'identity.overview'>): Promise<void> {
  const mine = ++latest
  stillBusy()
  while (mine === latest) {
    const left = quietMs() - (performance.now() - touchedAt)
    if (left > 0) await pause(left)
    else if (await isRead(client)) return
  }
}

function quietMs(): number {
  return Math.min(QUIET_MS.most, Math.max(QUIET_MS.least, 2 * useIdentity.getState().longestMs))
}

/** Somebody has answered or gone on: what is being read gives way and begins again when it is quiet. */
export function stillBusy(): void {
  touchedAt = performance.now()
  running?.abort()
  running = null
}

/** What was to come belongs to a project that is not shown any more. */
export function forgetOverviewToCome(): void {
  latest += 1
  stillBusy()
}

async function isRead(client: Pick<Client, 'identity.overview'>): Promise<boolean> {
  const own = new AbortController()
  running = own
  try {
    await loadOverview(client, own.signal)
    return true
  } catch (error) {
    if (own.signal.aborted && error instanceof AppError && error.code === 'run/cancelled') return false
    throw error
  } finally {
    if (running === own) running = null
  }
}

export async function pause(ms: number): Promise<void> {
  await new Promise(done => setTimeout(done, ms))
}
