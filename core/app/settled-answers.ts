import type { HeldPoint } from '#import'
import { textHash } from '#lib/text-hash'
import type { SettledAnswer, SettledRow, WaitingRow } from '#store'

/** What was done about the same record. `isSameText`: its text is the same to the byte. */
export type RecordAnswer = Readonly<{ answer: SettledAnswer; isSameText: boolean }>
type Point = Pick<HeldPoint, 'code' | 'column' | 'value'>
type OfRecord = Point & Readonly<{ rowKey: string | null; raw: string }>

/**
 * What was done about held rows, to be found by value and by record: one answer for all rows of which the same was said, and two numbers per
 * record. Rows are added in the order of their imports, oldest first, and therein as they were read: the last one of a record counts.
 */
export class SettledAnswers {
  /** Each kind of answer once, and its place by what it says. */
  private readonly answers: SettledAnswer[] = []
  private readonly places = new Map<string, number>()
  /** Place of the answer by number of the row. */
  private readonly ofRow: number[] = []
  /** Number of the last row by the hash of its record: by natural key, and by text. */
  private readonly byKey = new Map<number, number>()
  private readonly byText = new Map<number, number>()
  /** Of the newest import that fixed the value; `place` is null where it did so in several ways. */
  private readonly byValue = new Map<string, Readonly<{ importId: number; place: number | null }>>()

  add(row: SettledRow): void {
    const place = this.placeOf(row)
    const number = this.ofRow.push(place) - 1
    const { key, text } = namesOf(row)
    if (key !== null) this.byKey.set(textHash(key), number)
    if (text !== null) this.byText.set(textHash(text), number)
    if (row.state === 'fixed') this.addValue(row, place)
  }

  /** Of the same record, at fault in the same way; null: nothing. The same object for all rows of which the same was said. */
  ofRecord(row: WaitingRow): RecordAnswer | null {
    const { key, text } = namesOf(row)
    const sameKey = key === null ? undefined : this.byKey.get(textHash(key))
    const sameText = text === null ? undefined : this.byText.get(textHash(text))
    const last = Math.max(sameKey ?? -1, sameText ?? -1)
    const answer = this.answers[this.ofRow[last] ?? -1]
    return answer === undefined ? null : { answer, isSameText: sameText === last }
  }

  /** Of the same value, at fault in the same way; null: nothing, or several things. */
  ofValue(point: Point): SettledAnswer | null {
    return this.answers[this.byValue.get(pointKey(point))?.place ?? -1] ?? null
  }

  private placeOf({ importId, state, overlay }: SettledRow): number {
    const name = JSON.stringify([importId, state, overlay])
    const place = this.places.get(name)
    if (place !== undefined) return place
    this.places.set(name, this.answers.length)
    return this.answers.push({ importId, state, overlay }) - 1
  }

  private addValue(row: SettledRow, place: number): void {
    const { importId } = row
    const name = pointKey(row)
    const before = this.byValue.get(name)
    if (before?.importId !== importId) this.byValue.set(name, { importId, place })
    else if (before.place !== place && before.place !== null) this.byValue.set(name, { importId, place: null })
  }
}

/** What tells a record again. Of one without a text, only its key. */
function namesOf(row: OfRecord): Readonly<{ key: string | null; text: string | null }> {
  const { rowKey, raw } = row
  const point = pointKey(row)
  const key = rowKey === null ? null : `key ${point} ${rowKey}`
  return { key, text: raw === '' ? key : `text ${point} ${raw}` }
}

/** Names what is at fault. */
export function pointKey({ code, column, value }: Point): string {
  return JSON.stringify([code, column, value])
}
