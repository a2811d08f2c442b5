import type { EventChunk, EventLog } from '#schema/event'
import type { EventDetail } from '#store'

/** Codes of texts; code 0 is the empty one. */
class Codes {
  readonly texts: string[] = ['']
  private readonly codes = new Map([['', 0]])

  codeOf(text: string): number {
    const known = this.codes.get(text)
    if (known !== undefined) return known
    this.codes.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

/**
 * A log of a few events, in the form in which judging reads one.
 *
 * @param copies those of the whole log; members that are not among the events are left away
 */
export function smallLog(events: readonly EventDetail[], copies: EventLog['copies']): EventLog {
  const [names, workspaces, users] = [new Codes(), new Codes(), new Codes()]
  const coded = events
    .map(event => ({
      position: event.position,
      timestamp: event.timestamp,
      name: names.codeOf(event.name),
      workspace: workspaces.codeOf(event.workspace),
      user: users.codeOf(event.user),
      properties: new TextEncoder().encode(event.properties),
    }))
    .sort((a, b) => a.workspace - b.workspace || a.timestamp - b.timestamp || a.position - b.position)
  const offsets = new Uint32Array(coded.length + 1)
  coded.forEach(({ properties }, i) => {
    offsets[i + 1] = (offsets[i] as number) + properties.length // one more than there are events
  })
  const bytes = new Uint8Array(offsets.at(-1) ?? 0)
  coded.forEach(({ properties }, i) => void bytes.set(properties, offsets[i]))
  const chunk: EventChunk = {
    count: coded.length,
    timestamp: Float64Array.from(coded, ({ timestamp }) => timestamp),
    name: Uint32Array.from(coded, ({ name }) => name),
    workspace: Uint32Array.from(coded, ({ workspace }) => workspace),
    user: Uint32Array.from(coded, ({ user }) => user),
    properties: { offsets, bytes },
    base: 0,
  }
  const placeOf = new Map(coded.map(({ position }, i) => [position, i]))
  return {
    count: coded.length,
    names: names.texts,
    workspaces: workspaces.texts,
    users: users.texts,
    chunks: () => (coded.length === 0 ? [] : [chunk]),
    copies: copies.flatMap(({ eventId, positions }) => {
      const own = positions.flatMap(position => placeOf.get(position) ?? [])
      return own.length < 2 ? [] : [{ eventId, positions: own }]
    }),
  }
}
