import type * as z from 'zod'
import { AppError } from '#lib/errors'
import { type ScoringModel, scoringModel } from '#schema/model'

/** Reads a model of signals. @throws AppError usage/bad-model with the path of the first fault and what is wrong there */
export function parseSignalModel(json: unknown): ScoringModel {
  const parsed = scoringModel.safeParse(withoutNulls(json))
  if (parsed.success) return parsed.data
  const { path, message } = issuePath(parsed.error)
  throw new AppError('usage/bad-model', `scoring model: ${path}: ${message}`, { path })
}

/** Where a document is no model, and why. */
export type ModelFault = Readonly<{ path: string; message: string }>

/** Path (`signals[3].cap.days`) and message of the first fault. */
export function issuePath(error: z.core.$ZodError): ModelFault {
  return faultsOf(error)[0] ?? { path: 'the document', message: 'not valid' }
}

/** Path and message of every fault. */
export function faultsOf(error: z.core.$ZodError): readonly ModelFault[] {
  return error.issues.map(({ path, message }) => {
    const steps = path.map((part, i) =>
      typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`,
    )
    return { path: steps.join('') || 'the document', message }
  })
}

/** The same JSON without members that are null. */
export function withoutNulls(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutNulls)
  if (json === null || typeof json !== 'object') return json
  const members = Object.entries(json).filter(([, value]) => value !== null)
  return Object.fromEntries(members.map(([key, value]) => [key, withoutNulls(value)]))
}
