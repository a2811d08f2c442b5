import { join } from 'node:path'
import type { Scale } from './options.ts'

export const ROOT = join(import.meta.dirname, '..')
export const PEERS_FOLDER = join(import.meta.dirname, '.peers')
export const RESULTS_FILE = join(import.meta.dirname, 'results.jsonl')

/** Where one scale keeps its files; all of it may be thrown away. */
export type Places = Readonly<{
  folder: string
  tables: string
  events: string
  /** The same events in a file of another content. */
  otherEvents: string
  /** Project with every table and a run, left by the steps for the score suite. */
  project: string
  out: string
  /** What the score peers are loaded from. */
  cells: string
  /** Databases of one round. */
  scratch: string
}>

export function placesOf(scale: Scale): Places {
  const folder = join(import.meta.dirname, '.data', scale)
  const tables = join(folder, 'tables')
  return {
    folder,
    tables,
    events: join(tables, 'events.csv'),
    otherEvents: join(folder, 'other-events.csv'),
    project: join(folder, 'project.pql'),
    out: join(folder, 'out'),
    cells: join(folder, 'cells'),
    scratch: join(folder, 'scratch'),
  }
}
