import { closeSync, openSync, writeSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { inTurns } from '../../core/app/jobs.ts'
import { openPairThread } from '../../core/app/pair-thread.ts'
import { personKeys } from '../../core/identity/block/person-keys.ts'
import { splitBlocks } from '../../core/identity/block/split-blocks.ts'
import { clusterRecords } from '../../core/identity/cluster/cluster-records.ts'
import { DEFAULT_CONSTRAINTS } from '../../core/identity/cluster/constraints.ts'
import { inWeightOrder } from '../../core/identity/cluster/edges.ts'
import { clustersAt } from '../../core/identity/cluster/forest.ts'
import { thresholdFigures } from '../../core/identity/cluster/threshold-figures.ts'
import { NAME_KIND } from '../../core/identity/columns/name-table.ts'
import { type PersonColumns, type PersonRecord, personColumnSteps } from '../../core/identity/columns/person-columns.ts'
import { groundSteps } from '../../core/identity/threads/ground-steps.ts'
import { namesBy } from '../../core/identity/threads/names-there.ts'
import { scoreSteps } from '../../core/identity/threads/score-steps.ts'
import type { SecondThread } from '../../core/identity/threads/second-thread.ts'
import { DEFAULT_FURTHER } from '../../core/identity/weigh/further-records.ts'
import { priorBits } from '../../core/identity/weigh/pair-scorer.ts'
import { UNKNOWN_OTHERS } from '../../core/identity/weigh/steps.ts'
import { seededRandom } from '../../core/lib/random.ts'
import type { Steps } from '../../core/lib/steps.ts'
import { madeConstraints, madeEdges } from './made-edges.ts'
import { type MadeRecord, makePeople } from './made-people.ts'
import { type RawRows, rawRows } from './raw-rows.ts'

/** Times in ms by step, and what the steps came to. `cpuMs`: the processor time of all threads, which a busy machine moves less. */
export type Measured = Readonly<{
  ms: Readonly<Record<string, number>>
  cpuMs: Readonly<Record<string, number>>
  /** Processor time of the first thread alone, where there are two of ours. */
  firstMs?: Readonly<Record<string, number>>
  figures: Readonly<Record<string, number>>
}>

/** The engine over made-up users, step by step, on two threads; the first run writes what is read, and what the peer starts from. */
export async function runOurs(count: number, folder: string, isFirst: boolean): Promise<Measured> {
  const [ms, cpuMs, firstMs]: [Record<string, number>, Record<string, number>, Record<string, number>] = [{}, {}, {}]
  const timer = (step: string): (() => void) => {
    const [cpu, own] = [process.cpuUsage(), process.threadCpuUsage()]
    const start = performance.now()
    return () => {
      ms[step] = performance.now() - start
      const { user, system } = process.cpuUsage(cpu)
      cpuMs[step] = (user + system) / 1000
      const first = process.threadCpuUsage(own)
      firstMs[step] = (first.user + first.system) / 1000
    }
  }
  const timed = <T>(step: string, work: () => T): T => {
    const stop = timer(step)
    const result = work()
    stop()
    return result
  }
  const timedSteps = async <T>(step: string, work: () => Steps<T>): Promise<T> => {
    const stop = timer(step)
    const result = await inTurns(work(), { breathe: async () => void (await turn()) })
    stop()
    return result
  }
  if (isFirst) writeRaw(count, folder)
  // It starts while the file is read, as in the app while users are.
  const [raw, second] = timed('load', () => [rawRows(folder), openPairThread(count)] as const)
  const columns = await timedSteps('normalise', () => columnSteps(count, raw, second))
  if (isFirst) writePeerTables(folder, columns)
  const prior = priorBits(count, DEFAULT_FURTHER)
  const ground = { kind: 'persons', columns, unknownOthers: UNKNOWN_OTHERS, prior } as const
  const prepared = await timedSteps('block', () => groundSteps(ground, second))
  const { pairs, edges: found } = await timedSteps('score', () =>
    scoreSteps({ candidates: prepared.candidates.ground, source: null }, prepared, second),
  )
  second?.close()
  const edges = inWeightOrder(found)
  const forest = timed('cluster', () => clusterRecords(count, edges, DEFAULT_CONSTRAINTS))
  timed('figures', () => thresholdFigures(forest))
  timed('threshold', () => clustersAt(forest, 0))
  const [million, constraints] = [madeEdges(count), madeConstraints(count)]
  timed('cluster a million edges', () => clusterRecords(count, million, DEFAULT_CONSTRAINTS))
  timed('with subjects, limits and answers', () => clusterRecords(count, million, constraints))
  return { ms, cpuMs, firstMs, figures: { records: count, pairs, edges: edges.steps.length } }
}

const NOTHING = { firstName: null, lastName: null, dateOfBirth: null, address: [], postcode: null, city: null }

function columnSteps(count: number, raw: RawRows, second: SecondThread | null): Steps<PersonColumns> {
  const known = (text: string): string | null => (text === '' ? null : text)
  const recordAt = (i: number): PersonRecord => {
    const [fullName, email, phone] = raw.rowAt(i)
    return { ...NOTHING, emails: [email], fullName: known(fullName), phone: known(phone) }
  }
  return personColumnSteps(count, recordAt, { names: namesBy(count, second) })
}

function writeRaw(count: number, folder: string): void {
  const records = makePeople(count, seededRandom(7))
  writeRows(`${folder}/raw.csv`, count, () => {
    const { key, fullName, email, phone } = records.next().value as MadeRecord // as many are made as asked for
    return [key, fullName, email, phone]
  })
}

/** Records with their codes, and blocks after splitting: the same input for the same work. */
function writePeerTables(folder: string, columns: PersonColumns): void {
  const { size, names, name, emails, email, handle, phone } = columns
  const { kind, given, family, core, coreCount, givenCount, familyCount, tokens } = names
  writeRows(`${folder}/people.csv`, size, i => {
    // Codes lie within their tables; every record has an address.
    const code = name[i] as number
    const address = email.codes[email.offsets[i] as number] as number
    const isNamed = (kind[code] as number) >= NAME_KIND.part
    const [g, f] = isNamed ? [given[code] as number, family[code] as number] : [0, 0]
    const own = handle.offsets[i] as number
    return [
      i,
      emails.isPersonal[address] === 1 ? (emails.canonical[address] as number) : 0,
      own === handle.offsets[i + 1] ? 0 : (handle.codes[own] as number),
      emails.domain[address] as number,
      phone[i] as number,
      isNamed ? (core[code] as number) : 0,
      tokens.texts[g] ?? '',
      tokens.texts[f] ?? '',
      coreCount[core[code] as number] as number,
      givenCount[g] as number,
      familyCount[f] as number,
    ]
  })
  personKeys(columns).forEach((kindOfKey, i) => {
    const { keys, records } = splitBlocks(kindOfKey)
    if (keys.length > 0)
      writeRows(`${folder}/block-${i}.csv`, keys.length, at => [i, keys[at] as number, records[at] as number])
  })
}

function writeRows(path: string, count: number, row: (i: number) => readonly (string | number)[]): void {
  const file = openSync(path, 'w')
  let text = ''
  for (let i = 0; i < count; i++) {
    text += `${row(i).join(',')}\n`
    if (text.length < 1 << 20) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, text)
  closeSync(file)
}
