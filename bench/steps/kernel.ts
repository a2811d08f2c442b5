import { type CellIndex, indexCells } from '#features'
import { scoreGround, scoreUnits, type UnitTotals } from '#score'
import { readCells } from '#store'
import { openScored } from '../scored-project.ts'
import type { Figures, Prepare } from '../step.ts'

/** Runs before any is measured, so that the engine has compiled what it will. */
const WARM_UPS = 3

/** Our side of the score comparison: every unit of a project, from its stored cells, from cells in memory, and indexed. */
export const kernel: Prepare = ({ project: path = '' }) => {
  const { project, cellsKey, units, ground } = openScored(path)
  const { index, model, today } = ground
  const scoreFrom = (cells: CellIndex): UnitTotals => scoreUnits(scoreGround(cells, units, model, today))
  const runs = {
    indexed: () => figuresOf(scoreFrom(index), index),
    memory: () => figuresOf(scoreFrom(indexCells(index.cells, units)), index),
    file: () => {
      const stored = readCells(project.db, cellsKey)
      if (stored === null) throw new Error('the project lost its cells')
      return figuresOf(scoreFrom(indexCells(stored.bundle.cells, units)), index)
    },
  }
  for (let i = 0; i < WARM_UPS; i++) for (const run of Object.values(runs)) run()
  return { runs, close: () => project.close() }
}

function figuresOf({ count, total }: UnitTotals, { cells }: CellIndex): Figures {
  let sum = 0
  for (const points of total) sum += points
  return { units: count, cells: cells.count, sum }
}
