import type { Steps } from '#lib/steps'
import type { Identities, IdentityDecision } from '#schema/identity'
import type { AccountCompanies } from './companies/account-companies.ts'
import type { NameIndex, NameSuggestion } from './companies/account-names.ts'
import { EvidenceFinder } from './company-evidence.ts'
import type { PersonList } from './entities/lasting-persons.ts'
import type { IdentityOptions } from './identity-options.ts'
import type { IdentityTables } from './identity-tables.ts'
import { isApart } from './pair-decisions.ts'
import type { WeighedUsers } from './people/weigh-users.ts'
import { PersonRegrouper } from './regrouped-persons.ts'
import {
  type Asked,
  accountNameSteps,
  askedOf,
  type Companies,
  type CompanyEvidence,
  companiesIn,
  decidedCompanySteps,
  decidedIn,
  joinedSteps,
} from './resolve-fully.ts'

/** Persons, and what they say of companies; the same as long as no decision about users is another one. */
type Found = Readonly<{ key: string; joined: PersonList; evidence: CompanyEvidence }>

/** Decisions that persons, and companies of several rows of accounts, rest on. */
const ABOUT_PAIRS: readonly IdentityDecision['type'][] = ['must_link', 'cannot_link']

/**
 * Tries decisions about who is who, one set after another: tables and names are read once, and persons are looked for again only
 * where a decision about them is another one.
 *
 *   with(further) = the answers of identity by all evidence, given the decisions that hold and then the further ones
 *
 * Source: docs/methods/identity.md, "Decisions".
 */
export class DecisionTrials {
  private readonly asked: Asked
  private readonly weighed: WeighedUsers
  private readonly names: NameIndex
  private readonly holding: readonly IdentityDecision[]
  /** By the decisions that hold, and what was tried last. */
  private found: readonly Found[] = []
  private finder: EvidenceFinder | null = null
  private regrouper: PersonRegrouper | null = null

  private constructor(asked: Asked, names: NameIndex, weighed: WeighedUsers) {
    this.asked = asked
    this.weighed = weighed
    this.names = remembered(names)
    this.holding = asked.options.decisions ?? []
  }

  /**
   * @param dataset tables; held on to
   * @param options users and activity taken from the events, decisions that hold
   * @param weighed users weighed for the same tables and settings
   * @returns a generator that halts now and then
   */
  static *steps(dataset: IdentityTables, options: IdentityOptions, weighed: WeighedUsers): Steps<DecisionTrials> {
    const asked = askedOf(dataset, options)
    yield
    const names = yield* accountNameSteps(asked)
    return new DecisionTrials(asked, names, weighed)
  }

  /**
   * @param further decisions later than those that hold; none of them sets weights, domains or blocked values
   * @returns a generator that halts between the questions; its answers leave out the lists that nobody asks for
   */
  *with(further: readonly IdentityDecision[]): Steps<Identities> {
    const asked = { ...this.asked, ...decidedIn([...this.holding, ...further]) }
    const { joined, evidence } = yield* this.findSteps(asked)
    const companies = this.companiesBy(asked)
    const { accountOfWorkspace, mergedWorkspaces } =
      companies === null
        ? yield* decidedCompanySteps(asked, evidence, this.names)
        : yield* this.otherCompanySteps({ ...asked, companies }, joined, evidence)
    const { persons, personOfUser } = joined
    const unlisted = { identifiers: [], workspaceAccounts: [], workspaceLinks: [] }
    return { persons, personOfUser, accountOfWorkspace, mergedWorkspaces, ...unlisted }
  }

  private *findSteps(asked: Asked): Steps<Found> {
    const key = keyOf(asked)
    const known = this.found.find(one => one.key === key)
    if (known !== undefined) return known
    const joined = this.regrouped(asked) ?? (yield* joinedSteps(asked, this.weighed))
    this.finder ??= yield* EvidenceFinder.steps(this.asked, joined)
    const evidence = yield* this.finder.of(joined)
    const found = { key, joined, evidence }
    const { earlier } = this.asked.options
    const joining = { decisions: asked.decisions, autoSteps: asked.settings.autoSteps }
    if (earlier !== undefined) this.regrouper ??= new PersonRegrouper(this.weighed, joined, joining, earlier)
    const [holding = found] = this.found
    this.found = holding === found ? [found] : [holding, found]
    return found
  }

  /** Which rows of accounts are one company, where other decisions are about them than those that hold; else null. */
  private companiesBy(asked: Asked): AccountCompanies | null {
    return companyKeyOf(asked) === companyKeyOf(this.asked) ? null : companiesIn(asked)
  }

  /** What decisions make of the evidence where other rows of accounts are one company. */
  private *otherCompanySteps(asked: Asked, joined: PersonList, { links }: CompanyEvidence): Steps<Companies> {
    this.finder ??= yield* EvidenceFinder.steps(this.asked, joined)
    const accounts = this.finder.accountsUnder(joined, asked.companies)
    yield
    return yield* decidedCompanySteps(asked, { links, accounts }, yield* accountNameSteps(asked))
  }

  /** Persons, where it takes no look at everybody. */
  private regrouped({ decisions, settings: { autoSteps } }: Asked): PersonList | null {
    return this.regrouper?.by({ decisions, autoSteps }) ?? null
  }
}

/** What persons rest on beside the tables. */
function keyOf({ decisions, settings: { autoSteps } }: Asked): string {
  return JSON.stringify([autoSteps, pairsOf(decisions, 'user')])
}

/** What companies of several rows of accounts rest on beside the tables: answers about one of the rows may tell it from the other. */
function companyKeyOf({ decisions, companies }: Asked): string {
  const told = companies.pairs.length === 0 ? [] : decisions.filter(one => 'account' in one)
  return JSON.stringify([pairsOf(decisions, 'account'), told.map(({ id: _id, ...rest }) => rest)])
}

function pairsOf(decisions: readonly IdentityDecision[], object: 'user' | 'account'): readonly unknown[] {
  const own = decisions.filter(one => ABOUT_PAIRS.includes(one.type) && 'a' in one && one.a.object === object)
  return own.map(one => ('a' in one ? [one.type, one.a.key, one.b.key, isApart(one) ? one.persons : null] : []))
}

/** Suggests once per name. */
function remembered({ suggest }: NameIndex): NameIndex {
  const known = new Map<string | null, NameSuggestion | null>()
  return {
    suggest: name => {
      const found = known.get(name)
      if (found !== undefined) return found
      const suggested = suggest(name)
      known.set(name, suggested)
      return suggested
    },
  }
}
