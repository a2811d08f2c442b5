import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { modelHash } from '#pipeline'
import type { ScoringModel } from '#schema/model'
import { DEFAULT_MODEL, type DocumentChange, modelDocument, parseModel } from '#score'
import { listRuns, listVersions, putInForce, type Readable, readVersion, type Writable } from '#store'
import { type ModelInForce, modelInForce } from './judgement.ts'

type VersionView = Output<'model.versions'>['versions'][number]
type ChangeView = Output<'model.diff'>['changes'][number]

const DEFAULT_HASH = modelHash(DEFAULT_MODEL)

/** Refuses what was made of a model that is no longer in force. @throws AppError usage/overtaken */
export function demandModelInForce(db: Readable, expected: string): ModelInForce {
  const inForce = modelInForce(db)
  if (inForce.hash === expected) return inForce
  throw new AppError(
    'usage/overtaken',
    'the model was changed meanwhile, here or elsewhere; open it again and repeat the change',
    { expected, inForce: inForce.hash },
  )
}

/** Brings a model into force. */
export function applyModel(db: Writable, model: ScoringModel, now: number): Output<'model.apply'> {
  const hash = modelHash(model)
  const isNew = hash !== modelInForce(db).hash
  if (isNew) putInForce(db, 'model', { hash, json: JSON.stringify(modelDocument(model)), createdAt: now })
  return { hash, name: model.name, isNew }
}

/** A version of the model that the project has; the default one is always there. @throws AppError usage/bad-argument */
export function demandModel(db: Readable, hash: string): Pick<ModelInForce, 'model' | 'hash'> {
  const version = readVersion(db, 'model', hash)
  if (version !== null) return { model: parseModel(JSON.parse(version.json)), hash }
  if (hash === DEFAULT_HASH) return { model: DEFAULT_MODEL, hash }
  throw new AppError('usage/bad-argument', `no version ${hash} of the model is kept`, { hash })
}

/** Every version, the newest first. */
export function modelVersions(db: Readable): VersionView[] {
  const inForce = modelInForce(db).hash
  const runs = Map.groupBy(listRuns(db), run => run.modelHash)
  const view = (model: ScoringModel, hash: string, createdAt: number | null): VersionView => ({
    hash,
    name: model.name,
    kind: kindOf(model),
    createdAt,
    isInForce: hash === inForce,
    isDefault: hash === DEFAULT_HASH,
    runs: runs.get(hash)?.length ?? 0,
  })
  const kept = listVersions(db, 'model').map(({ hash, json, createdAt }) =>
    view(parseModel(JSON.parse(json)), hash, createdAt),
  )
  return kept.some(({ isDefault }) => isDefault) ? kept : [...kept, view(DEFAULT_MODEL, DEFAULT_HASH, null)]
}

export function kindOf({ checklist }: ScoringModel): 'signals' | 'checklist' {
  return checklist === undefined ? 'signals' : 'checklist'
}

/** A difference in the words of the contract. */
export function documentChangeView({ path, kind, from, to }: DocumentChange): ChangeView {
  return { path: [...path], kind, from: plainValue(from), to: plainValue(to) }
}

/** Figures, texts and flags as they are, else JSON text. */
export function plainValue(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value
  return JSON.stringify(value)
}
