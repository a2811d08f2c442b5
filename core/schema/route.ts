import type { AlsoChannel, Destination, FactValue, Test } from './policy.ts'

/** One test of a rule with the value that met or failed it. */
export type TestTrace = Readonly<{ test: Test; value: FactValue; holds: boolean }>
/** A conditional channel of the rule that decided, and whether its tests let it in. */
export type ChannelTrace = Readonly<{
  use: 'destination' | 'also'
  channel: Destination | AlsoChannel
  holds: boolean
  all: readonly TestTrace[]
}>

/** Every rule up to the one that decided. */
export type RuleTrace = Readonly<{
  ruleId: string
  holds: boolean
  all: readonly TestTrace[]
  any: readonly TestTrace[]
  /** On the rule that decided only: its conditional destinations and also channels, in order. */
  channels?: readonly ChannelTrace[]
}>

/** Where a unit goes and why. */
export type RouteDecision = Readonly<{
  unitId: string
  destination: Destination
  also: readonly AlsoChannel[]
  ruleId: string
  /** csm: what to do there. */
  play: 'expand' | 'save' | 'renew' | null
  ownerTeam: string | null
  owner: string | null
  /** Where the owner comes from: named by the CRM, given by an earlier run, or by this one from the team's pool. */
  ownerFrom: 'crm' | 'earlier_run' | 'pool' | null
  isOverCapacity: boolean
  /** Reasons (schema/policy `SUPPRESSIONS`) that stop one of its channels or more (docs/methods/route.md says which); the destination stays. */
  suppressedBy: readonly string[]
  trace: readonly RuleTrace[]
}>
