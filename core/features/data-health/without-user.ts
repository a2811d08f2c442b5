import { type Stitching, type StitchRefusal, UNGIVEN_REASONS } from '#schema/event'
import { placeOfStitched } from '../devices/stitched-log.ts'

/** Why an event is by nobody, in the order in which it is said; `no_id`: it names neither a user nor an id. */
export const WITHOUT_USER_REASONS = [...UNGIVEN_REASONS, 'no_id'] as const
export type WithoutUserReason = (typeof WITHOUT_USER_REASONS)[number]

const WORDS: Readonly<Record<WithoutUserReason, string>> = {
  other_user: 'not given to the next login: somebody else used the device too',
  too_long_before: 'not given to the next login: it is more than 30 days later',
  ids_disagree: 'not given to the next login: the anonymous id and the device lead to two users',
  too_many_devices: 'not given to the next login: the user has events of 20 others already',
  never_logged_in: 'with an id under which nobody logs in later',
  placeholder_id: 'with an id that identifies nobody: a placeholder, or one that was blocked',
  no_id: 'with neither an anonymous id nor a device',
}

const SEND_USER = 'Send the user id with events that happen after sign-in.'
const SEND_ID =
  'Send an id of the browser or device with events before sign-in, so that the next login tells whose they are.'
const ADVICE: Readonly<Record<WithoutUserReason, string>> = {
  other_user: 'Events of shared devices need nothing: nobody can be told there before somebody signs in.',
  too_long_before: SEND_USER,
  ids_disagree: 'Check whether the anonymous id is renewed when somebody else signs in on a device.',
  too_many_devices: 'Check whether the device id is renewed with each visit: it should stay with the device.',
  never_logged_in: SEND_USER,
  placeholder_id: 'Send the real id of the browser or device, or none, in the place of placeholders.',
  no_id: `${SEND_USER} ${SEND_ID}`,
}

/** Ids named of each reason. */
const NAMED = 3

export type WithoutUserCounts = Readonly<Record<WithoutUserReason, number>>

/**
 * Why events by nobody are by nobody.
 *
 * @param stitching of the log; undefined where no event names nobody but an id
 * @returns reads the reason of an event by nobody that was given to nobody, by its position
 *
 * Source: docs/methods/data-health.md, "Events".
 */
export function withoutUserReader(stitching: Stitching | undefined): (position: number) => WithoutUserReason {
  if (stitching === undefined) return () => 'no_id'
  const { ungiven } = stitching
  return position => {
    const place = placeOfStitched(ungiven, position)
    return place < 0 ? 'no_id' : (UNGIVEN_REASONS[ungiven.reason[place] as number] ?? 'no_id') // columns are of equal length
  }
}

/**
 * What became of events that name nobody.
 *
 * @param counts    of the events that are found, by reason
 * @param stitching of the log; undefined where no event names nobody but an id
 * @returns how many went to the next login, then the events that are found, by reason: they add up to all of them
 *
 * Source: docs/methods/data-health.md, "Events".
 */
export function withoutUserSentences(counts: WithoutUserCounts, stitching: Stitching | undefined): readonly string[] {
  const given = stitching?.events.position.length ?? 0
  const users = new Set(stitching?.events.user).size
  const sentences =
    given === 0
      ? []
      : [`Not counted here: ${said(given)} that came before a login of ${users} ${users === 1 ? 'user' : 'users'}`]
  for (const reason of WITHOUT_USER_REASONS) {
    if (counts[reason] === 0) continue
    const own = stitching?.refusals.filter(refusal => refusal.reason === reason) ?? []
    sentences.push(`${said(counts[reason])} ${WORDS[reason]}${own.length === 0 ? '' : ` (${named(own)})`}`)
  }
  return sentences
}

/**
 * What to do about events by nobody: by the reasons that are found, those with most events first.
 *
 * @returns undefined where nothing is found
 *
 * Source: docs/methods/data-health.md, "Events".
 */
export function withoutUserAdvice(counts: WithoutUserCounts): string | undefined {
  const found = WITHOUT_USER_REASONS.filter(reason => counts[reason] > 0).sort((a, b) => counts[b] - counts[a])
  return found.length === 0 ? undefined : [...new Set(found.map(reason => ADVICE[reason]))].join(' ')
}

const said = (events: number): string => `${events} ${events === 1 ? 'event' : 'events'}`

/** They are sorted by id, and stay so among equals. */
function named(refusals: readonly StitchRefusal[]): string {
  const most = refusals.toSorted((a, b) => b.events - a.events).slice(0, NAMED)
  const ids = most.map(({ kind, id }) => `${kind === 'anonymous_id' ? 'anonymous id' : 'device'} ${id}`)
  return [...ids, ...(refusals.length > NAMED ? [`${refusals.length - NAMED} more`] : [])].join(', ')
}
