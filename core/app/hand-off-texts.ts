import { TEMPLATE_IDS, type TemplateId } from '#export'
import { handOffTemplates, type Readable } from '#store'

export const TEMPLATE_TITLES: Readonly<Record<TemplateId, string>> = {
  sdr_task: 'Task for sales',
  lifecycle_email: 'Lifecycle email',
  in_app: 'In-app prompt',
  csm_note: 'Note for the success manager',
  milestone_note: 'Milestone note',
  handoff_note: 'Hand-off note',
}

/** Texts of hand-offs that take the place of the built-in ones. */
export function handOffTexts(db: Readable): ReadonlyMap<TemplateId, string> {
  const kept = handOffTemplates(db)
  return new Map(TEMPLATE_IDS.flatMap(id => (kept.has(id) ? [[id, kept.get(id) ?? ''] as const] : [])))
}
