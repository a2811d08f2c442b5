import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveEngine } from '#app'
import { memoryChannels } from '#contract/channel.memory'
import { createClient } from '#contract/client'
import type { Client } from '#contract/contract'
import { readCsv, writeCsv } from './csv.ts'
import type { Sample } from './generate.ts'
import { type Exports, TABLE_NAMES, type TextRow } from './tables.ts'

/** The files of a run that the oracle compares. */
export type Product = Readonly<{ scores: readonly TextRow[]; lines: readonly TextRow[]; rollups: readonly TextRow[] }>

/** Writes the export into a folder, as it is dropped on the product. */
export function writeExports(folder: string, exports: Exports): readonly string[] {
  mkdirSync(folder, { recursive: true })
  return TABLE_NAMES.filter(table => exports[table].length > 0).map(table => {
    const path = join(folder, `${table}.csv`)
    writeFileSync(path, writeCsv(exports[table], [...new Set(exports[table].flatMap(row => Object.keys(row)))]))
    return path
  })
}

/** The whole way through the product, over the contract: import, score, export. */
export async function runProduct(sample: Sample): Promise<Product> {
  const { exports, model, asOfText } = sample
  return await withProduct(async (client, folder) => {
    await client['model.apply']({ json: JSON.stringify(model) })
    await importAll(client, sample, writeExports(join(folder, 'in'), exports))
    await client['score.run']({ ...(asOfText === undefined ? {} : { asOf: asOfText }), identity: 'explicit' })
    await client['export.run']({ target: join(folder, 'out'), overwrite: false })
    return readProduct(join(folder, 'out'))
  })
}

/** The same in steps that must not show: half the rows first, scored by another model and at another instant on the way. */
export async function runProductInSteps(sample: Sample): Promise<Product> {
  const { exports, model, asOfText } = sample
  const half = everySecondRow(exports)
  return await withProduct(async (client, folder) => {
    await importAll(client, sample, writeExports(join(folder, 'half'), half))
    await client['score.run']({ identity: 'explicit' })
    await client['model.apply']({ json: JSON.stringify(model) })
    await client['score.run']({ asOf: '2026-03-01', identity: 'matched' })
    await importAll(client, sample, writeExports(join(folder, 'all'), exports))
    for (const asOf of ['2026-01-31T12:00:00Z', asOfText])
      await client['score.run']({ ...(asOf === undefined ? {} : { asOf }), identity: 'explicit' })
    await client['export.run']({ target: join(folder, 'out'), overwrite: false })
    return readProduct(join(folder, 'out'))
  })
}

function everySecondRow({ users, workspaces, memberships, subscriptions, events, accounts }: Exports): Exports {
  const half = (rows: readonly TextRow[]): readonly TextRow[] => rows.filter((_row, i) => i % 2 === 0)
  return {
    users: half(users),
    workspaces: half(workspaces),
    memberships: half(memberships),
    subscriptions: half(subscriptions),
    events: half(events),
    accounts: half(accounts),
  }
}

async function importAll(client: Client, { columnZone }: Sample, sources: readonly string[]): Promise<void> {
  const options = columnZone === undefined ? {} : { timeZone: columnZone }
  const { files } = await client['import.run']({ sources: [...sources], options })
  const held = files.flatMap(file => file.heldRules)
  if (held.length > 0) throw new Error(`rows were held: ${JSON.stringify(held)}`)
}

/** An engine in this process with a new project, in a folder that is removed afterwards. */
export async function withProduct<T>(work: (client: Client, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pql-oracle-'))
  const [clientEnd, serverEnd] = memoryChannels()
  const engine = serveEngine(serverEnd, {
    kind: 'cli',
    resolveSource: token => ({ path: token, name: token.split('/').at(-1) ?? token }),
    resolveTarget: token => token,
    report: error => {
      throw error
    },
  })
  try {
    const client = createClient(clientEnd)
    await client['project.create']({ target: join(folder, 'p.pql') })
    return await work(client, folder)
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

export function readProduct(folder: string): Product {
  const read = (name: string): readonly TextRow[] => readCsv(readFileSync(join(folder, name), 'utf8')).rows
  return { scores: read('scores.csv'), lines: read('score_lines.csv'), rollups: read('rollups.csv') }
}
