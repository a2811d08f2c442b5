import { DAY_MS, type Instant, type Moment, readMoment } from '#lib/time'
import type { EntityRow, HeldRow, ImportSink } from '#schema/import'
import { TABLES, type TableName, type Value } from '#schema/tables'
import { createEventBuilder, type EventBuilder } from './events/index.ts'

/** Hands rows on to the sink in runs, in file order. */
export type RowOutput = Readonly<{
  /** @param values one per canonical column of the table; of an event only read until `add` is over, its timestamp an instant or a day */
  add(line: number, values: readonly Value[], custom: string | null): void
  hold(row: HeldRow): void
  flush(): void
  /** Where the events go, for a reader that adds them there itself and calls `added` then; null for other tables. */
  events: EventBuilder | null
  /** Hands on the events where there may be no room for another block of them. */
  added(): void
}>

const ENTITY_RUN = 5000
const EVENT_RUN = 16_384
/** Events that a reader may add before it calls `added`. */
const EVENT_BLOCK = 1024
const HELD_RUN = 1000

/** The output for the rows of one file. */
export function rowOutput(table: TableName, sink: ImportSink): RowOutput {
  const { flush, ...output } = table === 'events' ? eventOutput(sink) : entityOutput(sink)
  let held: HeldRow[] = []
  const flushHeld = (): void => {
    if (held.length > 0) sink.held(held)
    held = []
  }
  return {
    ...output,
    hold(row) {
      held.push(row)
      if (held.length >= HELD_RUN) flushHeld()
    },
    flush() {
      flush()
      flushHeld()
    },
  }
}

type Output = Omit<RowOutput, 'hold'>

function entityOutput(sink: ImportSink): Output {
  let rows: EntityRow[] = []
  const flush = (): void => {
    if (rows.length > 0) sink.entities(rows)
    rows = []
  }
  return {
    flush,
    events: null,
    added() {},
    add(line, values, custom) {
      rows.push({ line, values, custom })
      if (rows.length >= ENTITY_RUN) flush()
    },
  }
}

const EVENT_COLUMNS = Object.keys(TABLES.events.columns)
const at = (column: keyof (typeof TABLES)['events']['columns']): number => EVENT_COLUMNS.indexOf(column)
const [ID, NAME, TIMESTAMP, WORKSPACE] = [at('event_id'), at('event_name'), at('timestamp'), at('workspace_id')]
const [USER, ANONYMOUS, DEVICE, SESSION] = [at('user_id'), at('anonymous_id'), at('device_id'), at('session_id')]
const [SOURCE, IP, KEY_EVENT] = [at('source'), at('ip'), at('is_key_event')]
const [WEIGHT, PROPERTIES] = [at('event_weight'), at('event_properties')]

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A day stands at its first instant in UTC. */
function timeOf(time: Instant | Moment): Readonly<{ timestamp: Instant; isDate: boolean }> {
  if (typeof time === 'number') return { timestamp: time, isDate: false }
  return { timestamp: readMoment(time).day * DAY_MS, isDate: true }
}

function eventOutput(sink: ImportSink): Output {
  const builder = createEventBuilder(sink.memory)
  const flush = (): void => {
    if (builder.count > 0) sink.events(builder.take())
  }
  return {
    flush,
    events: builder,
    added() {
      if (builder.count > EVENT_RUN - EVENT_BLOCK) flush()
    },
    add(line, values, custom) {
      // The column readers give each column the type of its definition, and the required ones are not null.
      builder.add({
        line,
        eventId: textOf(values[ID]),
        name: textOf(values[NAME]),
        ...timeOf(values[TIMESTAMP] as Instant | Moment),
        workspace: textOf(values[WORKSPACE]),
        user: textOf(values[USER]),
        anonymous: textOf(values[ANONYMOUS]),
        device: textOf(values[DEVICE]),
        session: textOf(values[SESSION]),
        source: textOf(values[SOURCE]),
        ip: textOf(values[IP]),
        isKeyEvent: (values[KEY_EVENT] ?? null) as boolean | null,
        weight: (values[WEIGHT] ?? null) as number | null,
        properties: textOf(values[PROPERTIES]),
        custom: custom ?? '',
      })
      if (builder.count >= EVENT_RUN) flush()
    },
  }
}
