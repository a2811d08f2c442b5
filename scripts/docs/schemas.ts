import * as z from 'zod'
import { mappingFile } from '#schema/mapping'
import { scoringModel } from '#schema/model'
import { routingPolicy } from '#schema/policy'
import { DEFAULT_MODEL } from '#score'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** JSON Schema of a model file. */
export function modelSchema(): string {
  return json(z.toJSONSchema(scoringModel, { io: 'input' }))
}

/** JSON Schema of a file of mappings. */
export function mappingSchema(): string {
  return json(z.toJSONSchema(mappingFile, { io: 'input' }))
}

/** JSON Schema of a file of routing rules. */
export function policySchema(): string {
  return json(z.toJSONSchema(routingPolicy, { io: 'input' }))
}

/** The default model with every member written out. */
export function defaultModel(): string {
  return json(DEFAULT_MODEL)
}
