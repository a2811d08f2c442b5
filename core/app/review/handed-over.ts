import type { Output } from '#contract/contract'
import { LISTED_PERSON_FIELDS } from '#schema/person-values'
import type { Pair } from './answers.ts'
import { rowsOfPersons, valuesThatHold } from './person-rows.ts'
import type { Room } from './room.ts'

type Change = Output<'review.card'>['handedOver'][number]

/**
 * What lists and hand-offs would call the person that two users would be, where that is not what they call both now: of each field the
 * value that would hold, and those that it would replace.
 */
export function handedOver(room: Room, { question, a, b }: Pair): Change[] {
  const { persons, personOfUser } = room.desk.found
  const [x, y] = [persons[personOfUser.get(a) ?? -1], persons[personOfUser.get(b) ?? -1]]
  if (question !== 'persons' || x === undefined || y === undefined || x === y) return []
  const valuesOf = valuesThatHold(room.db)
  const held = (of: readonly (typeof x)[]): ReturnType<typeof valuesOf> =>
    valuesOf(
      rowsOfPersons(room, of),
      of.flatMap(({ userIds }) => userIds),
    )
  const [left, right, both] = [held([x]), held([y]), held([x, y])]
  return LISTED_PERSON_FIELDS.flatMap(field => {
    const after = both.find(one => one.field === field)
    const now = [left, right].flatMap(values => values.find(one => one.field === field)?.value ?? [])
    const replaced = [...new Set(now.filter(value => value !== after?.value))]
    return after === undefined || replaced.length === 0
      ? []
      : [{ field, value: after.value, reason: after.reason ?? 'order', replaced }]
  })
}
