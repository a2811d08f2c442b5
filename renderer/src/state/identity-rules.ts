import type { Client } from '#contract/contract'
import { invariant } from '#lib/errors'
import { type DomainClass, loadDomains } from './identity-domains.ts'
import { enterIdentity } from './identity-room.ts'
import { editRule, NO_DRAFT, type RuleDraft, useRules } from './identity-rules-store.ts'
import { type BlockedValue, useBlockedValues } from './identity-values.ts'
import { loadWords, useWords } from './identity-words.ts'
import { runJob } from './jobs.ts'
import { refreshSummary } from './project.ts'

type FollowClient = Pick<Client, 'identity.overview' | 'review.queue' | 'project.summary'>
type RuleClient = FollowClient & Pick<Client, 'identity.rules' | 'identity.setRules'>

/** Weights and thresholds in force; a draft stays. */
export async function loadRules(client: Pick<Client, 'identity.rules'>): Promise<void> {
  if (useRules.getState().status !== 'ready') useRules.setState({ status: 'loading' })
  try {
    const { hash, rules, thresholds } = await client['identity.rules']({})
    useRules.setState({ status: 'ready', hash, rules, thresholds })
  } catch (error) {
    useRules.setState({ status: 'failed' })
    throw error
  }
}

/** Puts what the data suggest into the draft, for somebody to look at, change and accept. Other drafted values stay. */
export async function suggestRules(client: Pick<Client, 'identity.proposeRules' | 'identity.rules'>): Promise<void> {
  const { hash, proposals } = await runJob('Estimate weights', options => client['identity.proposeRules']({}, options))
  if (hash !== useRules.getState().hash) await loadRules(client)
  for (const { id, proposed } of proposals) editRule(id, proposed)
  useRules.setState({ suggested: proposals.length })
}

function changeOf(draft: RuleDraft): Parameters<Client['identity.setRules']>[0] {
  const { hash, thresholds } = useRules.getState()
  const changes = Object.entries(draft.weights).map(([id, value]) => ({ id, value }))
  const isMoved = draft.auto !== null && thresholds !== null
  return { hash, changes, ...(isMoved ? { thresholds: { ...thresholds, auto: draft.auto } } : {}) }
}

/** Says what a domain is in this project; null goes back to the lists. What follows from it is read anew. */
export async function setDomain(
  client: FollowClient & Pick<Client, 'identity.setDomain' | 'identity.domains'>,
  domain: string,
  to: DomainClass | null,
): Promise<void> {
  await client['identity.setDomain']({ domain, class: to })
  await loadDomains(client)
  await follow(client)
}

/** Says that a value identifies nobody, or may again; what follows from it is read anew. */
export async function setBlocked(
  client: FollowClient & Pick<Client, 'identity.setValue'>,
  value: BlockedValue,
  isBlocked: boolean,
): Promise<void> {
  const { blocked } = await client['identity.setValue']({ ...value, isBlocked })
  useBlockedValues.setState({ blocked })
  await follow(client)
}

/** Says whether an entry belongs to the list of words that is looked at; null goes back to the shipped list. */
export async function setWord(
  client: FollowClient & Pick<Client, 'identity.words' | 'identity.setWord'>,
  entry: string,
  isIn: boolean | null,
): Promise<void> {
  await client['identity.setWord']({ list: useWords.getState().list, entry, isIn })
  await loadWords(client)
  await follow(client)
}

/** Everything that rests on evidence, read anew. */
async function follow(client: FollowClient): Promise<void> {
  await enterIdentity(client)
  await refreshSummary(client)
}

/** What a draft would change, said rule by rule; nothing is kept yet. */
export async function considerRules(client: RuleClient, draft: RuleDraft): Promise<void> {
  if (useRules.getState().status !== 'ready') await loadRules(client)
  const { diff } = await client['identity.setRules']({ ...changeOf(draft), dryRun: true })
  useRules.setState({ review: { draft, diff } })
}

/** Puts what was considered into force: all records are weighed anew. */
export async function keepRules(client: RuleClient): Promise<void> {
  const { review } = useRules.getState()
  invariant(review !== null, 'rules are kept after they were considered')
  await client['identity.setRules'](changeOf(review.draft))
  useRules.setState(({ draft }) => ({ review: null, draft: review.draft === draft ? NO_DRAFT : draft }))
  await loadRules(client)
  await follow(client)
}
