import type { Fit, FitRule } from './routing-icp.ts'

/** Edits of ICP rules, and their values as text. */
export const ICP_COMPARISONS: readonly Readonly<{ value: FitRule['op']; label: string }>[] = [
  { value: '>=', label: 'at least' },
  { value: '>', label: 'above' },
  { value: '<', label: 'below' },
  { value: '<=', label: 'at most' },
  { value: '=', label: 'is' },
  { value: '!=', label: 'is not' },
  { value: 'in', label: 'is one of' },
  { value: 'contains', label: 'contains' },
  { value: 'known', label: 'is known' },
]

const isOrder = (op: FitRule['op']): boolean => op === '<' || op === '<=' || op === '>' || op === '>='

/** A rule that holds for larger companies: what most profiles begin with. */
export function addFitRule(fit: Fit): Fit {
  return { ...fit, rules: [...fit.rules, { field: 'employee_count', op: '>=', value: 200, points: 20 }] }
}

export function changeFitRule(fit: Fit, place: number, to: Partial<FitRule>): Fit {
  return { ...fit, rules: fit.rules.map((rule, i) => (i === place ? fitted({ ...rule, ...to }) : rule)) }
}

/** `known` compares with nothing; a list is compared as one, a size as a number where it is one. */
function fitted({ value, ...rule }: FitRule): FitRule {
  if (rule.op === 'known') return rule
  const typed = typedValue(valueTextOf(value), rule.op)
  return typed === undefined ? rule : { ...rule, value: typed }
}

export function dropFitRule(fit: Fit, place: number): Fit {
  return { ...fit, rules: fit.rules.filter((_, i) => i !== place) }
}

export function changeTier(fit: Fit, tier: string, from: number): Fit {
  return { ...fit, tierFrom: { ...fit.tierFrom, [tier]: from } }
}

/** `200`, `saas, fintech` */
export function valueTextOf(value: FitRule['value']): string {
  if (value === undefined) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** What is typed as the value of a comparison; empty: none. */
export function typedValue(text: string, op: FitRule['op']): FitRule['value'] {
  const parts = text.split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()]))
  if (op === 'in') return parts.length === 0 ? undefined : parts
  const plain = text.trim()
  if (plain === '') return undefined
  return isOrder(op) && Number.isFinite(Number(plain)) ? Number(plain) : plain
}

/** `employee_count at least 200: +20` */
export function fitRuleText({ field, op, value, points }: FitRule): string {
  const says = ICP_COMPARISONS.find(known => known.value === op)?.label ?? op
  const what = op === 'known' ? '' : ` ${valueTextOf(value)}`
  return `${field} ${says}${what}: ${points < 0 ? '−' : '+'}${Math.abs(points)}`
}
