import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstRunFrom, layOutSlots, NO_RUNS, stretchOf, unitRuns } from '#features'
import type { Cells, DayRuns, Slots } from '#schema/cells'
import { cellColumns } from '../../../core/features/cell-columns.ts'
import { PairTally } from '../../../core/features/pair-tally.ts'

type Entry = Readonly<{ kind: number; slot: number; day: number; n: number }>

const KINDS = ['', 'login', 'event_loop']
/** Three units: one person, none, three persons. */
const SLOTS: Slots = layOutSlots([[3], [], [1, 4, 9]].map(persons => ({ people: persons.map(person => at(person)) })))

function at(person: number) {
  const role = { roleFactor: 1, role: 'other', isAdmin: false, isManager: false, isChampion: false } as const
  return { person, personId: `p${person}`, factorRange: [1, 1] as const, ...role }
}

function cellsOf(entries: readonly Entry[], isSplit = false): Cells {
  const tally = new PairTally()
  for (const { kind, slot, day, n } of entries) {
    if (isSplit) tally.startRun() // whatever was met before comes again as another entry
    tally.add(kind * SLOTS.person.length + slot, day, n)
  }
  return cellColumns(tally, SLOTS, KINDS)
}

/** `subject|day|n` of every entry, in the order in which they lie. */
const listOf = ({ subject, start, day, n }: DayRuns, days: Int32Array): string[] =>
  Array.from(subject).flatMap((own, run) =>
    Array.from({ length: (start[run + 1] as number) - (start[run] as number) }, (_, i) => {
      const entry = (start[run] as number) + i
      return `${own}|${days[day[entry] as number]}|${n[entry]}`
    }),
  )

/** The same by adding up in a map. */
function plainList(entries: readonly Entry[], kind: number, subjectOf: (slot: number) => number): string[] {
  const sums = new Map<string, { subject: number; day: number; n: number }>()
  for (const { slot, day, n } of entries.filter(entry => entry.kind === kind)) {
    const subject = subjectOf(slot)
    const key = `${subject}|${day}`
    sums.set(key, { subject, day, n: n + (sums.get(key)?.n ?? 0) })
  }
  const sorted = [...sums.values()].sort((a, b) => a.subject - b.subject || b.day - a.day)
  return sorted.map(({ subject, day, n }) => `${subject}|${day}|${n}`)
}

const entry = (day: fc.Arbitrary<number>, n: fc.Arbitrary<number>): fc.Arbitrary<Entry> =>
  fc.record({ kind: fc.nat({ max: 2 }), slot: fc.nat({ max: SLOTS.person.length - 1 }), day, n })
const entries = fc.oneof(
  fc.array(entry(fc.integer({ min: 19_900, max: 20_000 }), fc.integer({ min: 1, max: 9 })), { maxLength: 200 }),
  // A year 0 beside a year 9999, more days than a table of bytes holds, and counts beyond two bytes.
  fc.array(entry(fc.constantFrom(-719_528, 20_000, 2_932_896, 90_000_000), fc.constantFrom(1, 65_535, 70_000))),
)

describe('cells as runs', () => {
  test('are what a map adds up, in the order of slot and day, whatever comes when', () => {
    fc.assert(
      fc.property(entries, fc.boolean(), (list, isSplit) => {
        const { runs, days, count, lastActiveDay } = cellsOf(list, isSplit)
        const lists = runs.map(own => listOf(own, days))
        expect(lists).toEqual(KINDS.map((_kind, kind) => plainList(list, kind, slot => slot)))
        expect(count).toBe(lists.flat().length)
        expect([...days]).toEqual([...new Set(list.map(({ day }) => day))].sort((a, b) => b - a))
        const active = [0, 1, 2].map(unit =>
          Math.max(
            -(2 ** 31),
            ...list.filter(one => one.kind < 2 && SLOTS.unit[one.slot] === unit).map(one => one.day),
          ),
        )
        expect([...lastActiveDay]).toEqual(active)
      }),
    )
  })

  test('of a unit add up those of its slots, day by day', () => {
    fc.assert(
      fc.property(entries, list => {
        const { runs, days, slots } = cellsOf(list)
        for (const [kind, own] of runs.entries()) {
          const want = plainList(list, kind, slot => slots.unit[slot] as number)
          expect(listOf(unitRuns(own, slots, days.length), days)).toEqual(want)
        }
      }),
    )
  })

  test.each([
    { why: 'two bytes hold days and counts', n: 65_535, width: Uint16Array },
    { why: 'a count beyond them takes four', n: 65_536, width: Uint32Array },
  ])('$why', ({ n, width }) => {
    const { runs } = cellsOf([{ kind: 1, slot: 1, day: 7, n }])
    expect(runs.map(own => [own.day.constructor, own.n.constructor])).toEqual(KINDS.map(() => [width, width]))
  })

  test('of a unit take four bytes where persons of two add up to more', () => {
    const list = [4, 5].map(slot => ({ kind: 1, slot, day: 7, n: 40_000 }))
    const { runs, slots } = cellsOf(list)
    expect(listOf(unitRuns(runs[1] as DayRuns, slots, 1), Int32Array.of(7))).toEqual(['2|7|80000'])
  })

  test('are found by their subject', () => {
    const { runs } = cellsOf([1, 4].map(slot => ({ kind: 1, slot, day: 7, n: 1 })))
    const own = runs[1] as DayRuns
    expect([0, 1, 2, 4, 5].map(slot => firstRunFrom(own, slot))).toEqual([0, 0, 1, 1, 2])
    expect([0, 1, 4].map(slot => stretchOf(own, slot))).toEqual([
      { from: 0, to: 0 },
      { from: 0, to: 1 },
      { from: 1, to: 2 },
    ])
    expect(stretchOf(NO_RUNS, 0)).toEqual({ from: 0, to: 0 })
  })
})
