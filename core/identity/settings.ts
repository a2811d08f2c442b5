import type { IdentityDecision } from '#schema/identity'
import { AUTO_BITS } from './bits.ts'
import type { DomainClass } from './domain-class.ts'
import { STEPS_PER_BIT } from './weigh/steps.ts'
import { WORD_LISTS, type WordChanges, type WordList } from './words/word-lists.ts'
import { type Words, wordsWith } from './words/words.ts'

/** What somebody has set otherwise than it is by default. */
export type IdentitySettings = Readonly<{
  /** Value of a weight by its name, as in `weightRules`. */
  weights: ReadonlyMap<string, number>
  /** Class by registrable domain. */
  domains: ReadonlyMap<string, DomainClass>
  /** Sixteenths of a bit from which users are joined; never below +7. */
  autoSteps: number
  /** Entries of word lists that the project has added or taken away; a list without any is left out. */
  wordChanges: WordChanges
  /** The lists with these changes. */
  words: Words
}>

const CLASSES: readonly string[] = [
  'corporate',
  'free_mail',
  'disposable',
  'relay',
  'multi_tenant',
] satisfies DomainClass[]

/**
 * Settings that decisions make: of those about one weight, one domain or one word the last one counts.
 *
 * @param decisions in the order of the log; others are not read
 *
 * Source: docs/methods/identity.md, "Decisions".
 */
export function settingsIn(decisions: readonly IdentityDecision[]): IdentitySettings {
  const weights = new Map<string, number>()
  const domains = new Map<string, DomainClass>()
  const changes = new Map<WordList, Map<string, boolean>>()
  let auto = AUTO_BITS
  for (const decision of decisions) {
    if (decision.type === 'set_rules') {
      for (const [id, value] of Object.entries(decision.weights)) weights.set(id, value)
      auto = Math.max(AUTO_BITS, decision.auto ?? auto)
    }
    if (decision.type === 'set_word') setWord(changes, decision)
    if (decision.type !== 'set_domain') continue
    if (decision.class === null) domains.delete(decision.domain)
    else if (CLASSES.includes(decision.class)) domains.set(decision.domain, decision.class as DomainClass) // just tested
  }
  const wordChanges = new Map(
    WORD_LISTS.flatMap(list => (changes.get(list)?.size ? [[list, changes.get(list) as Map<string, boolean>]] : [])),
  )
  return { weights, domains, autoSteps: Math.round(auto * STEPS_PER_BIT), wordChanges, words: wordsWith(wordChanges) }
}

type WordDecision = Extract<IdentityDecision, { type: 'set_word' }>

function setWord(changes: Map<WordList, Map<string, boolean>>, { list, entry, isIn }: WordDecision): void {
  const known = WORD_LISTS.find(name => name === list)
  if (known === undefined) return
  const own = changes.get(known) ?? new Map<string, boolean>()
  if (isIn === null) own.delete(entry)
  else own.set(entry, isIn)
  changes.set(known, own)
}
