/** Route: which channel each unit goes to, by which rule, whose it is, and what stops it. */
export { type Assignment, loadOfWeek } from './capacity.ts'
export { checkPolicy, type PolicyReach, type Share, type TriedUnit } from './check-policy.ts'
export { type CrmPeople, crmPeopleOf, withReps } from './crm-people.ts'
export { DEFAULT_POLICY } from './default-policy.ts'
export { explainRoute, type RouteExplanation } from './explain-route.ts'
export { anomalyAges, type FactContext, type Facts, factsOf } from './facts.ts'
export { parsePolicy } from './parse-policy.ts'
export {
  type RouteContext,
  type RoutedUnit,
  type RouteVerdict,
  type Routing,
  routeSteps,
  routeUnits,
} from './route-units.ts'
export { applyRules, type Ruling, testHolds } from './rules.ts'
export { hasOptedOut, reasonsAgainst, stoppedBy } from './suppressions.ts'
export { type ContactBook, type ContactLink, contactBookOf, contactLinkSteps } from './unit-contacts.ts'
