/** Identity: which records are one person, which workspaces are one unit, and which account a workspace belongs to. */

export { LEAST_LEAD_BITS as ACCOUNT_LEAD_BITS } from './accounts.ts'
export { type Forest, NEVER_RELEASED } from './cluster/cluster-records.ts'
export { REFUSALS } from './cluster/constraints.ts'
export { clusterAround, clustersAt, mergesAt } from './cluster/forest.ts'
export { APART_STEPS, DECIDED_STEPS } from './cluster/growing-clusters.ts'
export { thresholdFigures } from './cluster/threshold-figures.ts'
export { type AccountCompanies, accountCompanies } from './companies/account-companies.ts'
export { accountRivals, rivalsSentence } from './companies/account-rivals.ts'
export { pairSentence, pairWords } from './companies/pair-words.ts'
export { LEAST_LEAD_BITS as SIGNUP_LEAD_BITS } from './companies/signup-match.ts'
export { matchSignups } from './companies/signups.ts'
export { jaroWinkler } from './compare/similarity.ts'
export { DecisionTrials } from './decision-trials.ts'
export { corporateDomainOf, type DomainClass, domainClassOf } from './domain-class.ts'
export { wilsonInterval } from './dominant-domain.ts'
export { canonicalEmail, corporateDomainBy, type EmailReading, emailReader, isNoAddress, readEmail } from './email.ts'
export { withLastingNames } from './entities/lasting-groups.ts'
export { endedPersons } from './entities/lasting-persons.ts'
export { type PersonRows, personValues, recordKey } from './entities/person-values.ts'
export type { EarlierEntities, IdentityOptions } from './identity-options.ts'
export { IDENTITY_COLUMNS, type IdentityTables } from './identity-tables.ts'
export { readCompanyName } from './normalise/company-name.ts'
export { foldText } from './normalise/fold.ts'
export { unmangledText } from './normalise/repaired-text.ts'
export { isApart, lastPerPair } from './pair-decisions.ts'
export { billingContacts } from './people/billing-contacts.ts'
export {
  SEVERAL,
  type Sightings,
  STITCH_VERDICTS,
  type Stitches,
  stitchDevices,
} from './people/device-stitching.ts'
export { freedPairs } from './people/freed-edges.ts'
export { clusterUsers, type JoinedUsers } from './people/join-users.ts'
export { type FirstSighting, personLadders } from './people/person-ladder.ts'
export { sharedKeyReader } from './people/shared-keys.ts'
export {
  blockedValues,
  comparedBy,
  IDENTITY_ENGINE,
  type UserDetails,
  userDetails,
  type WeighedPairs,
  type WeighedUsers,
} from './people/weigh-users.ts'
export { isPlaceholder } from './placeholder.ts'
export type { Reading } from './reading.ts'
export { type Evaluation, evaluateClusters, readClusterList } from './records/evaluate-clusters.ts'
export { columnsOf, RECORD_ROLES, type RecordFields, readRecordFields, unknownRoles } from './records/record-fields.ts'
export {
  type Band,
  CLUSTER_BITS,
  type CurvePoint,
  clusterIds,
  curveOf,
  type PairRow,
  pairRow,
} from './records/record-results.ts'
export { type ResolvedRecords, resolveRecords, resolveSteps } from './records/resolve-records.ts'
export { firstIdentities, resolveIdentities } from './resolve.ts'
export {
  identitySteps,
  type ProjectIdentities,
  type RunWeighing,
  resolveFully,
  runIdentitySteps,
} from './resolve-fully.ts'
export { type IdentitySettings, settingsIn } from './settings.ts'
export type { Answer, PairOrder, SecondThread } from './threads/second-thread.ts'
export { explainedPair } from './weigh/between-people.ts'
export { proposeWeights, type WeightProposal } from './weigh/estimate-weights.ts'
export { type RuleProposal, ruleProposalSteps } from './weigh/proposed-rules.ts'
export { weightRules } from './weigh/weight-rules.ts'
export { nicknameEntries, setAsideEntries } from './words/deciding-entries.ts'
export { isZerosAndMarks, WORD_LISTS, type WordList, wordEntry } from './words/word-lists.ts'
export { shippedWords } from './words/words.ts'
export { readWorkspaceName } from './workspaces/workspace-name.ts'
