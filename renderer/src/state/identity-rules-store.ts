import { create } from 'zustand'
import type { Output } from '#contract/contract'

export type Rule = Output<'identity.rules'>['rules'][number]
export type RuleDiff = Output<'identity.setRules'>['diff'][number]
type Thresholds = Output<'identity.rules'>['thresholds']

/** Weights that would change, by the name of the rule, and the threshold from which users are joined. */
export type RuleDraft = Readonly<{ weights: Readonly<Record<string, number>>; auto: number | null }>

type Rules = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  hash: string
  rules: readonly Rule[]
  thresholds: Thresholds | null
  draft: RuleDraft
  /** What is about to be put into force; null while nothing is. */
  review: Readonly<{ draft: RuleDraft; diff: readonly RuleDiff[] }> | null
  /** How many weights the data suggest otherwise; null: nobody asked yet. */
  suggested: number | null
}>

export const NO_DRAFT: RuleDraft = { weights: {}, auto: null }
const EMPTY: Rules = {
  status: 'idle',
  hash: '',
  rules: [],
  thresholds: null,
  draft: NO_DRAFT,
  review: null,
  suggested: null,
}

export const useRules = create<Rules>()(() => EMPTY)

/** Changes one weight of the draft; the value in force takes it out. */
export function editRule(id: string, value: number): void {
  useRules.setState(({ draft, rules }) => {
    const { [id]: _before, ...others } = draft.weights
    const inForce = rules.find(rule => rule.id === id)?.value
    return { draft: { ...draft, weights: value === inForce ? others : { ...others, [id]: value } } }
  })
}

export function dropDraft(): void {
  useRules.setState({ draft: NO_DRAFT, suggested: null })
}

export function closeRuleReview(): void {
  useRules.setState({ review: null })
}

export function forgetRules(): void {
  useRules.setState(EMPTY)
}
