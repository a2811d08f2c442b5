import type { Measured } from './contender.ts'

/** Takes part in the first `rounds` rounds. */
export type Contender = Readonly<{ name: string; rounds: number; run(): Promise<Measured> }>

export type Spread = Readonly<{ median: number; min: number; max: number }>

/** What a contender came to: times in ms over its rounds, the highest memory of any. */
export type Result = Readonly<{
  name: string
  rounds: number
  ms: Spread
  wallMs: Spread
  cpuMs: Spread
  peakMb: number
  figures: Measured['figures']
}>

/** Runs contenders turn by turn, never two at once, so that a busy minute hits all of them. */
export async function interleave(contenders: readonly Contender[]): Promise<readonly Result[]> {
  const measured = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]))
  const most = Math.max(0, ...contenders.map(({ rounds }) => rounds))
  for (let round = 0; round < most; round++) {
    for (const { name, rounds, run } of contenders) {
      if (round >= rounds) continue
      tell(`round ${round + 1}/${rounds}  ${name}`)
      measured.get(name)?.push(await run())
    }
  }
  tell('')
  return contenders.map(({ name }) => resultOf(name, measured.get(name) ?? []))
}

/** One line on a terminal, rewritten in place. */
function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`)
}

function resultOf(name: string, runs: readonly Measured[]): Result {
  return {
    name,
    rounds: runs.length,
    ms: spreadOf(runs.map(run => run.ms)),
    wallMs: spreadOf(runs.map(run => run.wallMs)),
    cpuMs: spreadOf(runs.map(run => run.cpuMs)),
    peakMb: Math.max(...runs.map(run => run.peakMb)),
    figures: runs.at(-1)?.figures ?? {},
  }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  const median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN }
}
