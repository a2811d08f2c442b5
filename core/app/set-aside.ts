import { compareCodePoints } from '#lib/text'
import type { Judgement } from '#pipeline'
import type { SetAside, SetAsidePositions, SetAsideReason } from '#schema/cells'
import type { ProjectEvents } from '#store'

/**
 * Events that count nowhere, by id and reason, so that each can be found in its export. Events later than asOf do not
 * exist: they are one line without an id.
 */
export function setAsideById(
  log: Pick<ProjectEvents, 'ids'>,
  judgement: Pick<Judgement, 'cells'>,
): readonly SetAside[] {
  const { bundle, setAsideAt } = judgement.cells
  const later = bundle.setAside.filter(({ reason }) => reason === 'after_as_of')
  const reasons = Object.keys(setAsideAt) as (keyof SetAsidePositions)[] // the keys of the type, and no others
  const rows = reasons.flatMap(reason => countIds(log.ids([...setAsideAt[reason]]), reason))
  return [...rows, ...later].sort((a, b) => compareCodePoints(a.eventId, b.eventId) || (a.reason < b.reason ? -1 : 1))
}

function countIds(ids: readonly string[], reason: SetAsideReason): readonly SetAside[] {
  const counts = new Map<string, number>()
  for (const eventId of ids) counts.set(eventId, (counts.get(eventId) ?? 0) + 1)
  return [...counts].map(([eventId, count]) => ({ eventId, reason, count }))
}
