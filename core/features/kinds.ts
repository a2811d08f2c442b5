import { BUCKETS, type ScoringModel, type TaxonomyEntry } from '#schema/model'

/** Kinds that are a sign of high intent when an admin does them, where the taxonomy does not say otherwise. */
const ADMIN_INTENT: readonly string[] = ['integration_installed', 'invite_sent', 'data_warehouse_export_enabled']

/** Events of a kind are key events where its category is a bucket of the score. */
export function isKeyCategory(category: string): boolean {
  return (BUCKETS as readonly string[]).includes(category)
}

/** Kinds whose events are key events. */
export function keyKinds(model: Pick<ScoringModel, 'taxonomy'>): readonly string[] {
  return model.taxonomy.filter(entry => isKeyCategory(entry.category)).map(entry => entry.kind)
}

/** Kinds that are a sign of high intent: always, and only when an admin of the unit does them. */
export function highIntentKinds(
  model: Pick<ScoringModel, 'taxonomy'>,
): Readonly<{ always: readonly string[]; byAdmin: readonly string[] }> {
  const byAdmin = (entry: TaxonomyEntry): boolean => entry.highIntentByAdmin ?? ADMIN_INTENT.includes(entry.kind)
  return {
    always: model.taxonomy.filter(entry => entry.highIntent).map(entry => entry.kind),
    byAdmin: model.taxonomy.filter(entry => !entry.highIntent && byAdmin(entry)).map(entry => entry.kind),
  }
}
