/** Identity: which records are one person, which workspaces are one unit, and which account a workspace belongs to. */
export { corporateDomainOf, type DomainClass, domainClassOf } from './domain-class.ts'
export { canonicalEmail, type EmailReading, emailReader, readEmail } from './email.ts'
export type { IdentityOptions } from './identity-options.ts'
export { type DeviceSpan, type Sightings, stitchDevices } from './people/device-stitching.ts'
export { isPlaceholder } from './placeholder.ts'
export { type Evaluation, evaluateClusters } from './records/evaluate-clusters.ts'
export { columnsOf, type RecordFields, readRecordFields } from './records/record-fields.ts'
export {
  type Band,
  CLUSTER_BITS,
  type CurvePoint,
  clusterIds,
  curveOf,
  type PairRow,
  pairRow,
} from './records/record-results.ts'
export { type ResolvedRecords, resolveRecords } from './records/resolve-records.ts'
export { resolveIdentities } from './resolve.ts'
export { resolveFully } from './resolve-fully.ts'
export { proposeWeights, type WeightProposal } from './weigh/estimate-weights.ts'
