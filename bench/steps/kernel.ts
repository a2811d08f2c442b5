import { personColumns, type ScoreColumns, scoreUnits, sumGround, type UnitTotals, unitColumns } from '#score'
import { readCellsOfKinds } from '#store'
import { openScored } from '../scored-project.ts'
import type { Figures, Prepare } from '../step.ts'

/** Runs before any is measured, so that the engine has compiled what it will. */
const WARM_UPS = 5

/** Our side of the score comparison: every unit of a project, from cells in memory and from its stored cells. */
export const kernel: Prepare = ({ project: path = '' }) => {
  const { project, cellsKey, units, ground } = openScored(path)
  const { index, model, today } = ground
  const given = { people: personColumns(index.slots, units), units: unitColumns(units) }
  const kinds = [...new Set(model.signals.map(({ kind }) => kind))]
  const scoreFrom = (cells: ScoreColumns['cells']): Figures =>
    figuresOf(scoreUnits(sumGround({ cells, ...given }, model, today)))
  const runs = {
    memory: () => scoreFrom(index.cells),
    file: () => {
      const stored = readCellsOfKinds(project.db, cellsKey, kinds)
      if (stored === null) throw new Error('the project lost its cells')
      return scoreFrom(stored)
    },
  }
  for (let i = 0; i < WARM_UPS; i++) for (const run of Object.values(runs)) run()
  return { runs, close: () => project.close() }
}

function figuresOf({ count, total }: UnitTotals): Figures {
  let sum = 0
  for (const points of total) sum += points
  return { units: count, sum }
}
