import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { serveEngine } from '#app'
import { memoryChannels } from '#contract/channel.memory'
import { createClient } from '#contract/client'
import type { CallOptions, Client } from '#contract/contract'
import { csv, event, LAST_DAY } from './exports.ts'

/** An engine of its own on a project that is there. */
export async function openEngine(
  path: string,
  more: Readonly<{ rowsInOneGo?: number }> = {},
): Promise<Readonly<{ client: Client; close(): Promise<void> }>> {
  const [near, far] = memoryChannels()
  const engine = serveEngine(far, {
    kind: 'cli',
    ...more,
    resolveSource: token => ({ path: token, name: basename(token) }),
    resolveTarget: token => token,
    report: error => {
      throw error
    },
  })
  const client = createClient(near)
  await client['project.open']({ source: path })
  return { client, close: engine.close }
}

/**
 * Does operation `k` of a schedule that never ends: imports of every mode and undos, of rows and events. What it comes to
 * depends on nothing but k and the operations before it.
 */
export async function operate(client: Client, k: number, folder: string, options: CallOptions): Promise<void> {
  const files = filesOf(k)
  if (files === null) await undoNewest(client, options)
  else {
    const sources = files.map(([name, content]) => written(join(folder, `${k}`), name, content))
    const mode = MODES[k % MODES.length] ?? 'upsert'
    if (mode === 'replace') {
      const { batchId } = await client['import.stage']({ sources, mode }, options)
      await client['import.publish']({ batchId }, options)
    } else await client['import.run']({ sources, mode }, options)
  }
}

/** Goes on with what waits. @returns is there anything that waited? */
export async function goOn(client: Client, how: 'resume' | 'discard', options: CallOptions): Promise<boolean> {
  const { batch } = await client['import.pending']({})
  if (batch === null) return false
  const { batchId } = batch
  if (how === 'discard') {
    await client['import.discard']({ batchId })
    return false
  }
  await client['import.resume']({ batchId }, options)
  await client['import.publish']({ batchId }, options)
  return true
}

const MODES = ['upsert', 'upsert', 'upsert', 'replace', 'upsert', 'upsert', 'upsert', 'append'] as const

/** Names and contents of what an operation imports; null: it is an undo. */
function filesOf(k: number): readonly (readonly [name: string, content: string])[] | null {
  const users: readonly [string, string] = ['users.csv', csv(usersOf(k, 300 + (k % 7) * 40))]
  const few: readonly [string, string] = ['few.csv', csv(usersOf(k, 60))]
  switch (k % MODES.length) {
    case 1:
      return [users, ['workspaces.csv', csv(Array.from({ length: 50 }, (_, i) => ({ workspace_id: `w${k + i}` })))]]
    case 3:
      return [few, ['more.csv', csv(usersOf(k + 1, 90))]]
    case 4:
    case 6:
      return null
    case 7:
      return [users]
    default:
      return [['events.csv', csv(eventsOf(k))], users]
  }
}

/** Some users are there already, some under another name, some new; one in fifty is held. */
function usersOf(k: number, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    user_id: `u${(k * 31 + i * 7) % 900}`,
    name: `${k % 3} ${i % 11}`,
    created_at: i % 50 === 49 ? 'soon' : '2026-01-01',
  }))
}

/** Events that share ids with those of the operations before. */
function eventsOf(k: number) {
  return Array.from({ length: 700 }, (_, i) =>
    event(k * 300 + i, 'login', [`w${i % 9}`, `u${i % 50}`], LAST_DAY - i * 60_000),
  )
}

async function undoNewest(client: Client, options: CallOptions): Promise<void> {
  const { imports } = await client['import.list']({})
  const newest = imports.find(({ undoRefusal }) => undoRefusal === null)
  if (newest === undefined) throw new Error('there is an import to undo')
  await client['import.undo']({ importId: newest.importId }, options)
}

function written(folder: string, name: string, content: string): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
