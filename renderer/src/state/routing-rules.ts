import {
  ALSO_CHANNELS,
  DESTINATIONS,
  FACT_KINDS,
  type FactName,
  type RoutingPolicy,
  type Rule,
  type Test,
} from '#schema/policy'

/** Edits of a routing policy. The last rule holds for every workspace and stays the last. */
export type Policy = RoutingPolicy

const HALF_WAY = 50

export const isDefaultRule = ({ rules }: Policy, id: string): boolean => rules.at(-1)?.id === id

export function ruleOf({ rules }: Policy, id: string | null): Rule | null {
  return rules.find(rule => rule.id === id) ?? null
}

/** Moves a rule to another place; the rest keep their order, and the default stays last. */
export function moveRule(policy: Policy, id: string, to: number): Policy {
  const moved = ruleOf(policy, id)
  if (moved === null || isDefaultRule(policy, id)) return policy
  const rest = policy.rules.filter(rule => rule !== moved)
  const place = Math.max(0, Math.min(rest.length - 1, to))
  return { ...policy, rules: [...rest.slice(0, place), moved, ...rest.slice(place)] }
}

export function changeRule(policy: Policy, id: string, to: Partial<Omit<Rule, 'id'>>): Policy {
  return { ...policy, rules: policy.rules.map(rule => (rule.id === id ? { ...rule, ...to } : rule)) }
}

export function dropRule(policy: Policy, id: string): Policy {
  return isDefaultRule(policy, id) ? policy : { ...policy, rules: policy.rules.filter(rule => rule.id !== id) }
}

/** The smallest number that no rule has. */
export function freeRuleId({ rules }: Policy): string {
  const taken = new Set(rules.map(({ id }) => id))
  let number = 1
  while (taken.has(String(number))) number++
  return String(number)
}

/** Puts a rule before the default one; where it follows another, behind that. */
export function addRule(policy: Policy, rule: Rule, after: string | null = null): Policy {
  const before = policy.rules.length - 1
  const place = policy.rules.findIndex(({ id }) => id === after)
  const at = place === -1 ? before : Math.min(before, place + 1)
  return { ...policy, rules: [...policy.rules.slice(0, at), rule, ...policy.rules.slice(at)] }
}

export function newRule(id: string): Rule {
  return {
    id,
    title: 'New rule',
    all: [newTest('score')],
    any: [],
    destination: 'nurture',
    destinationWhen: [],
    also: [],
  }
}

/** A test of a fact with the value that is likely meant. */
export function newTest(fact: FactName): Test {
  const { kind, choices } = FACT_KINDS[fact]
  if (kind === 'flag') return { fact, op: '=', value: true }
  if (kind === 'choice') return { fact, op: 'in', value: choices.slice(0, 1) }
  return { fact, op: '>=', value: fact === 'score' ? HALF_WAY : 1 }
}

/** The values that a test of a fact that is chosen from a list takes. */
export function chosenOf({ value }: Test): readonly string[] {
  return Array.isArray(value) ? value : [String(value)]
}

/** Takes a choice into a test, or out of it; the last one stays. */
export function toggleChoice(test: Test, choice: string): Test {
  const chosen = chosenOf(test)
  const next = chosen.includes(choice) ? chosen.filter(known => known !== choice) : [...chosen, choice]
  return next.length === 0 ? test : { ...test, op: 'in', value: next }
}

export function replaceAt<T>(list: readonly T[], place: number, to: T | null): T[] {
  return list.flatMap((one, i) => (i === place ? (to === null ? [] : [to]) : [one]))
}

/** An also channel that a rule does not have yet; null: it has them all. */
export function freeChannel({ also, destination }: Rule): (typeof ALSO_CHANNELS)[number] | null {
  const taken = new Set<string>([destination, ...also.map(({ channel }) => channel)])
  return ALSO_CHANNELS.find(channel => !taken.has(channel)) ?? null
}

export const destinationNamed = (name: string): Rule['destination'] =>
  DESTINATIONS.find(known => known === name) ?? 'nurture'

/** Are the policies the same to the letter? */
export const areSamePolicy = (one: Policy, other: Policy): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Rules that one of two policies has otherwise than the other, or at another place among those that both have. */
export function changedRules(before: Policy, after: Policy): readonly string[] {
  const common = (policy: Policy, other: Policy): readonly string[] =>
    policy.rules.flatMap(({ id }) => (ruleOf(other, id) === null ? [] : [id]))
  const orderBefore = common(before, after)
  const ids = new Set<string>()
  for (const [place, id] of common(after, before).entries()) if (orderBefore[place] !== id) ids.add(id)
  for (const { id } of [...before.rules, ...after.rules])
    if (JSON.stringify(ruleOf(before, id)) !== JSON.stringify(ruleOf(after, id))) ids.add(id)
  return [...ids]
}

/** The settings of a policy beside its rules and its name are other ones. */
export function hasOtherSettings(before: Policy, after: Policy): boolean {
  const settings = ({ rules: _, name: _name, version: _version, ...rest }: Policy): string => JSON.stringify(rest)
  return settings(before) !== settings(after)
}
