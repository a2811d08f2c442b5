import type { Instant } from '#lib/time'
import type { SetAside } from '#schema/cells'
import type { Identities } from '#schema/identity'
import { type Readable, readRunPart, saveRunPart, type Writable } from '#store'
import type { RunLists } from './run-lists.ts'

/** The default instant of the data of a run in a zone. */
export type DefaultAsOf = Readonly<{ timeZone: string; asOf: Instant }>

/** What a run keeps beside its units, by the name it is kept under. */
export type RunParts = Readonly<{
  persons: Identities['persons']
  identifiers: Identities['identifiers']
  'workspace accounts': Identities['workspaceAccounts']
  'workspace links': Identities['workspaceLinks']
  'merged workspaces': Identities['mergedWorkspaces']
  'set aside': readonly SetAside[]
  lists: RunLists
  /** Ids of the imports whose rows were judged. */
  imports: readonly number[]
  'default as of': DefaultAsOf | null
  /** Version of the program. */
  'made by': string
  /** Decisions that were in force. */
  decisions: number
}>

/** Keeps parts of a run, within the caller's transaction. */
export function keepParts(db: Writable, runId: number, parts: RunParts): void {
  for (const [name, value] of Object.entries(parts)) saveRunPart(db, runId, name, value)
}

/** One part of a run as it was kept. @throws AppError store/corrupt */
export function keptPart<K extends keyof RunParts>(db: Readable, runId: number, name: K): RunParts[K] {
  return readRunPart(db, runId, name) as RunParts[K] // written by keepParts under this name
}
