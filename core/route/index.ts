/** Route: which channel each unit goes to, by which rule, whose it is, and what stops it. */
export type { Assignment } from './capacity.ts'
export { type CrmPeople, crmPeopleOf } from './crm-people.ts'
export { DEFAULT_POLICY } from './default-policy.ts'
export { type FactContext, type Facts, factsOf } from './facts.ts'
export { parsePolicy } from './parse-policy.ts'
export {
  type RouteContext,
  type RoutedUnit,
  type RouteVerdict,
  type Routing,
  routeSteps,
  routeUnits,
} from './route-units.ts'
export { applyRules, type Ruling } from './rules.ts'
export { hasOptedOut, reasonsAgainst } from './suppressions.ts'
export { type ContactBook, type ContactLink, contactBookOf, contactLinkSteps } from './unit-contacts.ts'
