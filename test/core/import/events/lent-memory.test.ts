import { expect, test } from 'vitest'
import { EVENT_CODES } from '#schema/import'
import { createEventBuilder, type EventRecord } from '../../../../core/import/events/event-builder.ts'

const BATCH = 16_384
const BATCHES = 6

/** Every event has a session of its own: the dictionary of sessions is begun anew after three batches. */
function eventAt(row: number): EventRecord {
  return {
    line: row + 2,
    timestamp: row,
    isKeyEvent: null,
    weight: null,
    eventId: '',
    name: `event ${row % 7}`,
    workspace: `w${row % 1000}`,
    user: `u${row % 5000}`,
    anonymous: '',
    device: '',
    session: `session ${row}`,
    source: row % 2 === 0 ? 'web' : '',
    ip: '',
    properties: '',
    custom: '',
  }
}

function isSame(one: Uint8Array | Uint32Array, other: Uint8Array | Uint32Array): boolean {
  return one.length === other.length && one.every((value, i) => value === other[i])
}

test('batches in memory that is used again say the same, each until the next row', () => {
  const memory = new ArrayBuffer(8 << 20)
  const lent = createEventBuilder(() => memory)
  const own = createEventBuilder()
  const dictionaries = new Set()
  for (let batch = 0; batch < BATCHES; batch++) {
    for (let row = batch * BATCH; row < (batch + 1) * BATCH; row++) {
      lent.add(eventAt(row))
      own.add(eventAt(row))
    }
    const ours = lent.take()
    const theirs = own.take()
    dictionaries.add(ours.dictionaries.session)
    for (const kind of EVENT_CODES) {
      expect(isSame(ours.codes[kind], theirs.codes[kind])).toBe(true)
      expect(ours.dictionaries[kind].size).toBe(theirs.dictionaries[kind].size)
      const { offsets, bytes } = ours.dictionaries[kind].texts(0)
      const wanted = theirs.dictionaries[kind].texts(0)
      expect(isSame(offsets, wanted.offsets)).toBe(true)
      expect(isSame(bytes, wanted.bytes)).toBe(true)
    }
    expect(isSame(ours.idHash, theirs.idHash)).toBe(true)
    expect(isSame(ours.contentHash, theirs.contentHash)).toBe(true)
  }
  expect(dictionaries.size).toBe(2)
})

test('a dictionary begun anew keeps its texts for who holds a batch, and none where memory is lent', () => {
  const memory = new ArrayBuffer(16 << 20)
  for (const [builder, kept] of [
    [createEventBuilder(), 3 * BATCH],
    [createEventBuilder(() => memory), 0],
  ] as const) {
    for (let row = 0; row < 3 * BATCH; row++) builder.add(eventAt(row))
    const first = builder.take().dictionaries.session
    builder.add(eventAt(0))
    expect(builder.take().dictionaries.session).not.toBe(first)
    expect(first.size).toBe(kept)
    if (kept > 0) expect(first.text(kept)).toBe(`session ${kept - 1}`)
  }
})
