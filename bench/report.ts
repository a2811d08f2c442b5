import type { DataMade } from './data.ts'
import type { Machine } from './machine.ts'
import type { Result, Spread } from './rounds.ts'
import type { Verdict } from './targets.ts'

export function printMachine({ commit, date, node, cpu, cores, memoryGb, load }: Machine, scale: string): void {
  line(`Scale ${scale}, commit ${commit}, ${date}`)
  line(`${cpu}, ${cores} cores, ${memoryGb} GB, node ${node}, load ${load}`)
  if (load > cores / 2) line('The machine is busy: times are noisy, ratios less so, processor time least.')
}

export function printData({ ms, rows, bytes, isFresh }: DataMade): void {
  const made = isFresh ? `made in ${seconds(ms)} s` : `kept from an earlier run (made in ${seconds(ms)} s)`
  line(`events.csv: ${whole(rows)} rows, ${whole(bytes / 1e6)} MB, ${made}, ${rate(rows, bytes, ms)}`)
}

/** Steps of ours: how long, how fast, how much memory. */
export function printSteps(results: readonly Result[]): void {
  table(
    ['step', 'rounds', 's, median', 'min', 'max', 'cpu s', 'rows/s', 'MB/s', 'peak MB'],
    results.map(({ name, rounds, ms, cpuMs, peakMb, figures }) => [
      name,
      String(rounds),
      ...spread(ms, seconds),
      seconds(cpuMs.median),
      whole((1000 * Number(figures['rows'])) / ms.median),
      figures['bytes'] === undefined ? '' : whole(Number(figures['bytes']) / 1e3 / ms.median),
      whole(peakMb),
    ]),
  )
}

/** The files of CRMs: processor time of what comes before, and of each. */
export function printDelivery(results: readonly Result[]): void {
  printSteps(results)
  for (const { figures } of results) {
    const { rows: _rows, bytes: _bytes, ...parts } = figures
    line(
      `processor time of the last round: ${Object.entries(parts)
        .map(([name, ms]) => `${name} ${ms} ms`)
        .join(', ')}`,
    )
  }
}

/** Contenders with the first as the measure: how many times longer each takes. */
export function printComparison(results: readonly Result[], size: Readonly<{ rows: number; bytes: number }>): void {
  const own = results[0]?.wallMs.median ?? Number.NaN
  table(
    ['contender', 'rounds', 's, median', 'min', 'max', 'work s', 'cpu s', 'rows/s', 'MB/s', 'peak MB', 'x ours'],
    results.map(({ name, rounds, ms, wallMs, cpuMs, peakMb }) => [
      name,
      String(rounds),
      ...spread(wallMs, seconds),
      seconds(ms.median),
      seconds(cpuMs.median),
      whole((1000 * size.rows) / wallMs.median),
      whole(size.bytes / 1e3 / wallMs.median),
      whole(peakMb),
      (wallMs.median / own).toFixed(1),
    ]),
  )
}

/** Contenders of a short task in ms; `own` is the measure. */
export function printScoring(results: readonly Result[], own: string): void {
  const measure = results.find(({ name }) => name === own)?.wallMs.median ?? Number.NaN
  table(
    ['contender', 'rounds', 'ms, median', 'min', 'max', 'cpu ms', 'x ours'],
    results.map(({ name, rounds, wallMs, cpuMs }) => [
      name,
      String(rounds),
      ...spread(wallMs, tenths),
      tenths(cpuMs.median),
      (wallMs.median / measure).toFixed(1),
    ]),
  )
}

export function printVerdicts(verdicts: readonly Verdict[], scale: string): void {
  if (scale !== 'M') line('The targets are meant for scale M.')
  table(
    ['target', 'measured', 'verdict', 'by cpu'],
    verdicts.map(({ target, value, unit, isMet, byProcessor }) => [
      target,
      `${unit === 'MB' ? whole(value) : value.toFixed(value < 10 ? 2 : 1)} ${unit}`,
      isMet ? 'met' : 'missed',
      known(byProcessor, `${byProcessor.toFixed(1)} ${unit}`),
    ]),
  )
}

export function heading(text: string): void {
  line(`\n${text}`)
}

export function line(text: string): void {
  process.stdout.write(`${text}\n`)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows]
  const widths = head.map((_cell, column) => Math.max(...all.map(row => row[column]?.length ?? 0)))
  for (const row of all) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    line(cells.join('  ').trimEnd())
  }
}

const spread = ({ median, min, max }: Spread, show: (ms: number) => string): string[] => [median, min, max].map(show)
const known = (x: number, text: string): string => (Number.isFinite(x) ? text : '-')
const seconds = (ms: number): string => known(ms, (ms / 1000).toFixed(2))
const tenths = (ms: number): string => known(ms, ms.toFixed(1))
const whole = (x: number): string => known(x, Math.round(x).toLocaleString('en-US'))
const rate = (rows: number, bytes: number, ms: number): string =>
  `${whole((1000 * rows) / ms)} rows/s, ${whole(bytes / 1e3 / ms)} MB/s`
