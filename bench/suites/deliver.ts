import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runStep } from '../contender.ts'
import type { Options } from '../options.ts'
import type { Places } from '../places.ts'
import { interleave, type Result } from '../rounds.ts'

const ROUNDS = 3
/** At every scale: the units are made, not read. */
export const DELIVERED_UNITS = 100_000

/** The files of every CRM for routed units in memory, one after the other, with texts of hand-offs. */
export async function measureDelivery({ rounds }: Options, { scratch }: Places): Promise<readonly Result[]> {
  const out = join(scratch, 'crm')
  const name = `all presets, ${DELIVERED_UNITS.toLocaleString('en-US')} units`
  const run = async () => {
    rmSync(out, { recursive: true, force: true })
    mkdirSync(out, { recursive: true })
    return await runStep('deliver', { units: String(DELIVERED_UNITS), out })
  }
  const results = await interleave([{ name, rounds: rounds ?? ROUNDS, run }])
  rmSync(out, { recursive: true, force: true })
  return results
}
