import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { modelHash } from '#pipeline'
import type { ScoringModel } from '#schema/model'
import { lintModel, modelFaults, parseModel, reachOf } from '#score'
import { newestRun, type Readable, readCellsOfKinds } from '#store'
import { kindOf } from './model-versions.ts'

type Lint = Output<'model.lint'>

const NO_MODEL = { isValid: false, hash: null, name: null, kind: null, reach: null } as const

/** What is wrong with a text that is to be a model, and what is to be known of it. */
export function lintText(db: Readable | null, text: string): Lint {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { ...NO_MODEL, findings: [], faults: [jsonFault(text, (error as Error).message)] } // JSON.parse throws Errors
  }
  const faults = modelFaults(json)
  if (faults.length > 0) return { ...NO_MODEL, findings: [], faults: [...faults] }
  const model = parseOrFault(json)
  if (model instanceof AppError)
    return { ...NO_MODEL, findings: [], faults: [{ path: 'the document', message: model.message }] }
  return {
    isValid: true,
    hash: modelHash(model),
    name: model.name,
    kind: kindOf(model),
    faults: [],
    ...known(db, model),
  }
}

/** Findings and reach of a model by the data of the newest scores. */
export function known(db: Readable | null, model: ScoringModel): Pick<Output<'model.get'>, 'findings' | 'reach'> {
  const findings = lintModel(model, kindsSeen(db, model)).map(finding => ({ ...finding }))
  const { buckets, total } = reachOf(model)
  const entries = Object.entries(buckets).map(([id, most]) => [id, Number.isFinite(most) ? most : null])
  return { findings, reach: { buckets: Object.fromEntries(entries), total } }
}

/** A document may pass its schema and still be refused by what reads it. */
function parseOrFault(json: unknown): ScoringModel | AppError {
  try {
    return parseModel(json)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** Kinds of the model that have events, or of which the newest scores know nothing; null where nothing was scored. */
function kindsSeen(db: Readable | null, { signals }: ScoringModel): ReadonlySet<string> | null {
  if (db === null) return null
  const run = newestRun(db)
  const kinds = [...new Set(signals.map(({ kind }) => kind))]
  const cells = run === null ? null : readCellsOfKinds(db, run.cellsKey, kinds)
  if (cells === null) return null
  const empty = new Set(cells.kinds.filter((_, code) => cells.runs[code]?.subject.length === 0))
  return new Set(kinds.filter(kind => !empty.has(kind)))
}

/** Where JSON ends to be JSON, by line and column, as far as the message tells. */
function jsonFault(text: string, message: string): Lint['faults'][number] {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined) return { path: 'the document', message: `this is not JSON: ${message}` }
  const before = text.slice(0, Number(position)).split('\n')
  const path = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
  return { path, message: `this is not JSON: ${message}` }
}
