import type { Client, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { modelHash } from '#pipeline'
import type { ScoringModel } from '#schema/model'
import {
  type DocumentChange,
  documentChanges,
  lintModel,
  MODEL_PRESETS,
  mergeDocuments,
  modelDocument,
  modelFaults,
  parseModel,
  reachOf,
} from '#score'
import { defaultModel } from './fake-model.ts'
import { AS_OF } from './fake-row.ts'

type Names = 'get' | 'apply' | 'lint' | 'versions' | 'diff' | 'revert' | 'presets' | 'draft' | 'keepDraft' | 'rebase'
type Lint = Output<'model.lint'>

const NO_MODEL = { isValid: false, hash: null, name: null, kind: null, reach: null } as const

/** Models as the engine judges them, with versions that are kept in memory. */
export function modelHandlers(): Pick<Client, `model.${Names}`> {
  const versions = [parseModel(defaultModel)]
  let inForce = 0
  let draft: string | null = null
  let draftBase: string | null = null
  const current = (): ScoringModel => versions[inForce]!
  const named = (hash: string): number => versions.findIndex(model => modelHash(model) === hash)
  return {
    'model.get': async ({ hash }) => {
      const model = hash === undefined ? current() : versions[named(hash)]!
      const { isValid: _, faults: _faults, ...known } = judged(model)
      return {
        ...known,
        json: JSON.stringify(modelDocument(model)),
        isInForce: model === current(),
        hash: modelHash(model),
        name: model.name,
        kind: 'signals',
        reach: reachView(model),
      }
    },
    'model.apply': async ({ json, expected }) => {
      if (expected !== undefined && expected !== modelHash(current()))
        throw new AppError('usage/overtaken', 'the model was changed meanwhile')
      const model = parseModel(JSON.parse(json))
      const isNew = modelHash(model) !== modelHash(current())
      if (isNew) inForce = versions.push(model) - 1
      return { hash: modelHash(model), name: model.name, isNew }
    },
    'model.lint': async ({ json }) => lintOf(json),
    'model.versions': async () => ({
      versions: versions
        .map((model, place) => ({
          hash: modelHash(model),
          name: model.name,
          kind: 'signals' as const,
          createdAt: place === 0 ? null : AS_OF + place,
          isInForce: place === inForce,
          isDefault: place === 0,
          runs: place === 0 ? 1 : 0,
        }))
        .toReversed(),
    }),
    'model.diff': async ({ to }) => ({
      changes: documentChanges(
        modelDocument(current()),
        modelDocument('hash' in to ? versions[named(to.hash)]! : parseModel(JSON.parse(to.json))),
      ).map(changeView),
    }),
    'model.revert': async ({ hash }) => {
      inForce = named(hash)
      return { hash, name: current().name }
    },
    'model.presets': async () => ({
      presets: MODEL_PRESETS.map(({ id, title, description, document }) => ({
        id,
        title,
        description,
        json: JSON.stringify(document),
      })),
    }),
    'model.draft': async () => ({ json: draft, updatedAt: draft === null ? null : AS_OF, baseHash: draftBase }),
    'model.keepDraft': async ({ json, baseHash = null }) => {
      draft = json
      draftBase = baseHash
      return {}
    },
    'model.rebase': async ({ json, baseHash }) => {
      const [base, inForceNow] = [modelDocument(versions[named(baseHash)]!), modelDocument(current())]
      const merged = mergeDocuments({ base, draft: modelDocument(parseModel(JSON.parse(json))), inForce: inForceNow })
      return {
        json: JSON.stringify(merged.document),
        hash: modelHash(current()),
        changes: documentChanges(base, inForceNow).map(changeView),
        conflicts: merged.conflicts.map(({ path, base: before, draft: own, inForce: other }) => ({
          path: [...path],
          base: plain(before),
          draft: plain(own),
          inForce: plain(other),
        })),
      }
    },
  }
}

function lintOf(json: string): Lint {
  try {
    const document: unknown = JSON.parse(json)
    const faults = modelFaults(document)
    return faults.length > 0 ? { ...NO_MODEL, findings: [], faults: [...faults] } : judged(parseModel(document))
  } catch (error) {
    return { ...NO_MODEL, findings: [], faults: [{ path: 'line 1, column 1', message: String(error) }] }
  }
}

function judged(model: ScoringModel): Lint {
  return {
    isValid: true,
    hash: modelHash(model),
    name: model.name,
    kind: model.checklist === undefined ? 'signals' : 'checklist',
    faults: [],
    findings: lintModel(model, null).map(finding => ({ ...finding })),
    reach: reachView(model),
  }
}

function reachView(model: ScoringModel): NonNullable<Lint['reach']> {
  const { buckets, total } = reachOf(model)
  const entries = Object.entries(buckets).map(([id, most]) => [id, Number.isFinite(most) ? most : null])
  return { buckets: Object.fromEntries(entries), total }
}

const changeView = ({ path, kind, from, to }: DocumentChange) => ({
  path: [...path],
  kind,
  from: plain(from),
  to: plain(to),
})

const plain = (value: unknown): string | number | boolean | null =>
  value === null || ['number', 'string', 'boolean'].includes(typeof value)
    ? (value as string | number | boolean | null) // just told apart
    : JSON.stringify(value)
