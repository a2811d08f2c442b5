import { AppError } from '#lib/errors'
import { type RoutingPolicy, routingPolicy } from '#schema/policy'

/**
 * A routing policy from the value of its JSON document.
 *
 * @param json the document as parsed
 * @returns the checked policy with its defaults filled in
 * @throws AppError usage/bad-policy; context `path` names the place (`rules.3.all.0.op`), empty for the document itself
 *
 * Source: docs/methods/route.md, "The policy file".
 */
export function parsePolicy(json: unknown): RoutingPolicy {
  const result = routingPolicy.safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path.join('.') ?? ''
  const place = path === '' ? 'the routing policy' : `the routing policy at ${path}`
  const found = { path, issues: result.error.issues.length }
  throw new AppError('usage/bad-policy', `${place}: ${issue?.message ?? 'not valid'}`, found)
}
