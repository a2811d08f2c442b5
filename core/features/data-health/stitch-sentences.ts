import type { Stitching, StitchRefusal, StitchRefusalReason } from '#schema/event'

/** Why events stay by nobody, in the order in which it is said. */
const REASONS: readonly (readonly [StitchRefusalReason, string])[] = [
  ['other_user', 'somebody else used the device too'],
  ['too_long_before', 'the next login there is more than 30 days later'],
  ['ids_disagree', 'the anonymous id and the device lead to two users'],
  ['too_many_devices', 'the user has events of 20 others already'],
]

/** Ids named of each reason. */
const NAMED = 3

/**
 * What became of events that name nobody but an anonymous id or a device.
 *
 * @param stitching of the log; undefined where no event is like that
 * @returns how many went to the next login, and how many to nobody, by reason, each with the ids that have most of them
 *
 * Source: docs/methods/data-health.md, "Events".
 */
export function stitchSentences(stitching: Stitching | undefined): readonly string[] {
  if (stitching === undefined) return []
  const { events, refusals, neverLoggedIn } = stitching
  const users = new Set(events.user).size
  const sentences =
    events.position.length === 0
      ? []
      : [
          `Not counted here: ${said(events.position.length)} that came before a login of ${users} ${users === 1 ? 'user' : 'users'}`,
        ]
  for (const [reason, words] of REASONS) {
    const own = refusals.filter(refusal => refusal.reason === reason)
    if (own.length > 0) sentences.push(`${said(total(own))} not given to the next login: ${words} (${named(own)})`)
  }
  if (neverLoggedIn > 0) sentences.push(`${said(neverLoggedIn)} with an id under which nobody logs in later`)
  return sentences
}

const said = (events: number): string => `${events} ${events === 1 ? 'event' : 'events'}`

const total = (refusals: readonly StitchRefusal[]): number => refusals.reduce((sum, { events }) => sum + events, 0)

/** They are sorted by id, and stay so among equals. */
function named(refusals: readonly StitchRefusal[]): string {
  const most = refusals.toSorted((a, b) => b.events - a.events).slice(0, NAMED)
  const ids = most.map(({ kind, id }) => `${kind === 'anonymous_id' ? 'anonymous id' : 'device'} ${id}`)
  return [...ids, ...(refusals.length > NAMED ? [`${refusals.length - NAMED} more`] : [])].join(', ')
}
