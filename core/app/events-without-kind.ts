import type { CellBundle } from '#schema/cells'
import type { RunSummary } from '#store'

/** Share of the events from which it is said that they have no kind. Page views and the like rightly have none: up to a fifth is common. */
const WORTH_SAYING = 0.25

type WithoutKind = NonNullable<RunSummary['withoutKind']>

/**
 * Events that count for a workspace but earn no points, because no entry of the taxonomy takes their name. Looped events are
 * among them.
 *
 * @param events all events of the log
 */
export function eventsWithoutKind(
  events: number,
  { setAside, unmappedNames }: Pick<CellBundle, 'setAside' | 'unmappedNames'>,
): WithoutKind {
  const aside = setAside.filter(({ reason }) => reason !== 'looped').reduce((total, { count }) => total + count, 0)
  return { events: unmappedNames.reduce((total, { count }) => total + count, 0), of: events - aside }
}

/** Share of the events from which it is said that they are set aside. */
const ASIDE_WORTH_SAYING = 0.1

type EventsAside = Readonly<{ events: number; of: number; looped: number }>

/**
 * Events up to the as-of that count nowhere, and how many of them look like loops, where there are enough of them to be said; null
 * where there are not, or where the run did not keep it.
 */
export function tellingAside({
  setAside,
  withoutKind,
}: Pick<RunSummary, 'setAside' | 'withoutKind'>): EventsAside | null {
  if (withoutKind === undefined) return null
  const countOf = (isOwn: (reason: string) => boolean): number =>
    setAside.reduce((total, { reason, count }) => total + (isOwn(reason) ? count : 0), 0)
  const looped = countOf(reason => reason === 'looped')
  const events = countOf(reason => reason !== 'after_as_of')
  const of = withoutKind.of + events - looped
  return events > 0 && events >= ASIDE_WORTH_SAYING * of ? { events, of, looped } : null
}

/** The same where there are enough of them to be said; null where there are not, or where the run did not keep it. */
export function tellingWithoutKind({ withoutKind }: Pick<RunSummary, 'withoutKind'>): WithoutKind | null {
  if (withoutKind === undefined || withoutKind.events === 0) return null
  return withoutKind.events >= WORTH_SAYING * withoutKind.of ? withoutKind : null
}
