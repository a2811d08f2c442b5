import type { Test } from '#schema/policy'
import type { InForce } from '../../state/routing-draft.ts'
import { words } from '../../ui/format.ts'

export type Facts = InForce['facts']

const OPS: readonly Readonly<{ op: Test['op']; sign: string; says: string }>[] = [
  { op: '>=', sign: '≥', says: 'at least' },
  { op: '>', sign: '>', says: 'above' },
  { op: '<', sign: '<', says: 'below' },
  { op: '<=', sign: '≤', says: 'at most' },
  { op: '=', sign: '=', says: 'exactly' },
]

/** The same to choose from. */
export const COMPARISONS = OPS.map(({ op, says }) => ({ value: op, label: says }))

export const factTitle = (facts: Facts, fact: string): string =>
  facts.find(known => known.fact === fact)?.title ?? words(fact)

/** `Score ≥ 80`, `Fit tier A or B`, `not paid`: a test as short as it can be told. */
export function testText(facts: Facts, { fact, op, value }: Test): string {
  const title = factTitle(facts, fact)
  if (value === true) return title
  if (value === false) return `not: ${title.charAt(0).toLowerCase()}${title.slice(1)}`
  if (Array.isArray(value)) return `${title} ${value.map(plain).join(' or ')}`
  const sign = OPS.find(known => known.op === op)?.sign ?? ''
  return `${title} ${typeof value === 'string' ? plain(value) : `${sign} ${value}`}`
}

const plain = (choice: string): string => choice.replaceAll('_', ' ')

type Conditions = Readonly<{ all: readonly Test[]; any: readonly Test[] }>

/** All conditions of a rule in one line. */
export function conditionsText(facts: Facts, { all, any }: Conditions): string {
  if (all.length === 0 && any.length === 0) return 'Every workspace that no rule above takes'
  const each = all.map(test => testText(facts, test)).join(' · ')
  const one = any.map(test => testText(facts, test)).join(' / ')
  if (one === '') return each
  return each === '' ? `Any of: ${one}` : `${each} · and any of: ${one}`
}
