import type { Output } from '#contract/contract'
import { documentChanges, mergeDocuments, modelDocument, modelFaults, parseModel } from '#score'
import type { Readable } from '#store'
import { modelInForce } from './judgement.ts'
import { demandModel, documentChangeView, plainValue } from './model-versions.ts'
import { readJson } from './read-json.ts'

type Sides = Parameters<typeof mergeDocuments>[0]

/**
 * A draft on top of the model in force, and what was changed there since it was begun. A draft with faults is taken as it is written.
 *
 * @throws AppError usage/bad-model where the draft is no JSON, usage/bad-argument where no such base is kept
 */
export function rebasedDraft(db: Readable, text: string, baseHash: string): Output<'model.rebase'> {
  const base = modelDocument(demandModel(db, baseHash).model)
  const { model, hash } = modelInForce(db)
  const inForce = modelDocument(model)
  const written = readJson(text, 'usage/bad-model')
  const draft = modelFaults(written).length > 0 ? written : modelDocument(parseModel(written))
  const { document, conflicts } = merged({ base, draft, inForce })
  return {
    json: JSON.stringify(document, null, 2),
    hash,
    changes: documentChanges(base, inForce).map(documentChangeView),
    conflicts: conflicts.map(conflict => ({
      path: [...conflict.path],
      base: plainValue(conflict.base),
      draft: plainValue(conflict.draft),
      inForce: plainValue(conflict.inForce),
    })),
  }
}

/** Models of signals and checklists have nothing that could be merged: the draft stays whole. */
function merged(sides: Sides): ReturnType<typeof mergeDocuments> {
  const [base, draft, inForce] = [sides.base, sides.draft, sides.inForce].map(kindOfDocument)
  if (base === draft && draft === inForce) return mergeDocuments(sides)
  return { document: sides.draft, conflicts: [{ path: ['kind'], base, draft, inForce }] }
}

function kindOfDocument(document: unknown): string {
  const isList = typeof document === 'object' && document !== null && 'kind' in document
  return isList && document.kind === 'checklist' ? 'checklist' : 'signals'
}
