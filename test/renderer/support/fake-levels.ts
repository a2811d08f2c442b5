import type { Client, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { fakeUnit } from './fake-units.ts'

type Faked = 'score.run' | 'score.order' | 'score.histogram'
type Person = Output<'score.people'>['rows'][number]

/** The levels beside workspaces: accounts, once they were scored, and the people of the units. */
export function levelHandlers<T extends Pick<Client, Faked>>(
  fakes: T,
  units: number,
): T & Pick<Client, 'score.people' | 'score.export' | 'score.exportPeople'> {
  let isScored = false
  const demand = (level: string | undefined): void => {
    if (level === 'account' && !isScored) throw new AppError('score/no-run', 'nothing has been scored by account yet')
  }
  return {
    ...fakes,
    'score.run': async (input, options) => {
      const run = await fakes['score.run'](input, options)
      if (input.level === 'account') isScored = true
      return run
    },
    'score.order': async input => {
      demand(input.level)
      return await fakes['score.order'](input)
    },
    'score.histogram': async input => {
      demand(input.level)
      return await fakes['score.histogram'](input)
    },
    'score.export': async input => {
      const { order } = (await fakes['score.order'](input)).columns
      return { rows: order.length, bytes: order.length * 100, cellsMadeHarmless: 0 }
    },
    'score.exportPeople': async () => ({ rows: units, bytes: units * 100, cellsMadeHarmless: 0 }),
    'score.people': async ({ sort = 'userScore', descending = true, search = '', offset = 0, limit = 100 }) => {
      const key = (person: Person): number => (sort === 'events30d' ? person.events30d : person.userScore)
      const found = Array.from({ length: units }, (_, unitNo) => peopleOf(unitNo))
        .flat()
        .filter(person => `${person.personId} ${person.unitId}`.includes(search))
        .sort((a, b) => (key(a) - key(b)) * (descending ? -1 : 1))
      const rows = found.slice(offset, offset + limit)
      return { runId: 1, total: found.length, rows, nextOffset: null }
    },
  }
}

function peopleOf(unitNo: number): Person[] {
  const { row, people } = fakeUnit(unitNo)
  return people.map(({ personId, name, email, userScore, role, roleFactor, ...rest }) => ({
    ...{ personId, name, email, unitNo, unitId: row.unitId, unitName: row.unitName, userScore, role, roleFactor },
    isRepresentative: rest.isRepresentative,
    lastActiveDay: rest.lastActiveDay,
    events30d: rest.events30d,
  }))
}
