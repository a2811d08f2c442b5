import type { Output } from '#contract/contract'
import { VALUE_SOURCES, type ValueSource } from '#schema/person-values'
import { addDecision, decisionsInForce, type Readable, type StoredDecision, type Writable } from '#store'

/** Sources of values, the one that is believed first before the other: as somebody set it last, else the product before the CRM. */
export function sourceOrderOf(db: Readable): readonly ValueSource[] {
  const entry = decisionsInForce(db).findLast(({ kind }) => kind === 'set_sources')
  return entry === undefined ? VALUE_SOURCES : sourcesIn(entry)
}

/** The order that an entry sets; a source that it does not name follows. */
export function sourcesIn({ payload: { order } }: StoredDecision): readonly ValueSource[] {
  const named = Array.isArray(order) ? VALUE_SOURCES.filter(source => order.includes(source)) : []
  const set = named.toSorted((a, b) => (order as unknown[]).indexOf(a) - (order as unknown[]).indexOf(b))
  return [...new Set([...set, ...VALUE_SOURCES])]
}

type Wanted = Readonly<{ order: readonly ValueSource[]; batch: string; now: number }>

/** Keeps an order of sources as a decision; nothing where it is in force. Sources that are not named follow. */
export function setSourceOrder(db: Writable, { order, batch, now }: Wanted): Output<'identity.setSources'> {
  const before = sourceOrderOf(db)
  const after = [...new Set([...order, ...VALUE_SOURCES])]
  const isNew = after.some((source, i) => source !== before[i])
  if (isNew)
    addDecision(db, {
      kind: 'set_sources',
      subject: [],
      payload: { order: after, batch },
      reverts: null,
      decidedAt: now,
    })
  return { order: after, isNew }
}
