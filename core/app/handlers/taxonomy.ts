import type { Handlers, Output } from '#contract/contract'
import { modelHash } from '#pipeline'
import type { ScoringModel, TaxonomyEntry } from '#schema/model'
import { DEFAULT_MODEL, parseModel } from '#score'
import { listVersions, putInForce, type Readable, readVersion } from '#store'
import { type Context, demandProject } from '../context.ts'
import { modelInForce } from '../judgement.ts'
import { demandModelInForce } from '../model-versions.ts'
import { countedNames } from '../taxonomy-counts.ts'
import { namesView, patternView, previewOf, suggestionsView } from '../taxonomy-view.ts'

type Names = 'get' | 'names' | 'preview' | 'pattern' | 'suggest' | 'apply'

/** Hash of the model that the last change of the taxonomy replaced, as long as the project is open. */
const replaced = new WeakMap<Readable, string>()

export const taxonomyHandlers: Pick<Handlers<Context>, `taxonomy.${Names}`> = {
  'taxonomy.get': ctx => {
    const { db } = demandProject(ctx).project
    const { model, hash } = modelInForce(db)
    return {
      entries: entriesOf(model),
      hash,
      modelName: model.name,
      signals: model.signals.map(({ kind, points }) => ({ kind, points })),
      previous: previousOf(db, { model, hash }),
    }
  },

  'taxonomy.names': async (ctx, _input, call) => {
    const { db } = demandProject(ctx).project
    return namesView(await countedNames(db, modelInForce(db).model.timeZone, ctx.jobOf(call)))
  },

  'taxonomy.preview': async (ctx, { entries }) => {
    const { db } = demandProject(ctx).project
    const { model } = modelInForce(db)
    return previewOf(await countedNames(db, model.timeZone, null), model, entries)
  },

  'taxonomy.pattern': async (ctx, { entries, at, pattern }) => {
    const { db } = demandProject(ctx).project
    const counted = await countedNames(db, modelInForce(db).model.timeZone, null)
    return patternView(counted, entries, { at, pattern })
  },

  'taxonomy.suggest': async (ctx, { entries }) => {
    const { db } = demandProject(ctx).project
    const { model } = modelInForce(db)
    return suggestionsView(await countedNames(db, model.timeZone, null), model, entries)
  },

  'taxonomy.apply': (ctx, { entries, hash: expected }) => {
    const { db } = demandProject(ctx).project
    const { model, hash: before } = demandModelInForce(db, expected)
    const changed = parseModel({ ...model, taxonomy: entries })
    const hash = modelHash(changed)
    if (hash === before) return { hash, isNew: false }
    putInForce(db, 'model', { hash, json: JSON.stringify(changed), createdAt: ctx.now() })
    replaced.set(db, before)
    return { hash, isNew: true }
  },
}

type Previous = Output<'taxonomy.get'>['previous']

/**
 * The taxonomy before the one in force: that of the model which the last change replaced; after the project was opened
 * anew, that of the version kept before, down to the default one, from which each project starts.
 */
function previousOf(db: Readable, inForce: Readonly<{ model: ScoringModel; hash: string }>): Previous {
  const versions = listVersions(db, 'model')
  const own = versions.findIndex(({ hash }) => hash === inForce.hash)
  const hashes = own === -1 ? [] : versions.slice(own + 1).map(({ hash }) => hash)
  const last = replaced.get(db)
  for (const hash of [...(last === undefined ? [] : [last]), ...hashes, modelHash(DEFAULT_MODEL)]) {
    const model = modelOf(db, hash)
    if (model === null || isSame(model.taxonomy, inForce.model.taxonomy)) continue
    return { entries: entriesOf(model), hash }
  }
  return null
}

function modelOf(db: Readable, hash: string): ScoringModel | null {
  const version = readVersion(db, 'model', hash)
  if (version !== null) return parseModel(JSON.parse(version.json))
  return hash === modelHash(DEFAULT_MODEL) ? DEFAULT_MODEL : null
}

const isSame = (one: readonly TaxonomyEntry[], other: readonly TaxonomyEntry[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const entriesOf = ({ taxonomy }: ScoringModel): Output<'taxonomy.get'>['entries'] =>
  taxonomy.map(entry => ({ ...entry, match: [...entry.match] }))
