import { DESTINATIONS } from '#schema/policy'
import type { Simulation } from './simulation.ts'
import { table } from './terminal.ts'

type Answer = Simulation['answers'][number]
type Mover = NonNullable<Answer['simulated']['told']>['movers'][number]

const MOST_MOVERS = 10

/** Answers on the screen: stages side by side, then for each the volumes and the units that it moves most. */
export function simulationText({ opened, base, answers }: Simulation): string {
  const stages = (name: string, rows: Simulation['base']): readonly string[] => [
    name,
    ...opened.stageNames.map(stage => String(rows.filter(one => one.stage === stage).length)),
  ]
  const rows = answers.map(({ question, simulated }) => stages(question.name, simulated.rows))
  const told = answers.flatMap(({ question, simulated }) => [
    `${question.name}:`,
    volumesTable(base, simulated.rows),
    scoresText(base, simulated.rows),
    moversText(simulated.told),
  ])
  return [table([['', ...opened.stageNames], stages('base', base), ...rows]), ...told].join('\n\n')
}

function volumesTable(base: Simulation['base'], rows: Simulation['base']): string {
  const unitsIn = (list: Simulation['base'], name: string): number =>
    list.filter(({ destination }) => destination === name).length
  const lines = DESTINATIONS.flatMap(name => {
    const [before, after] = [unitsIn(base, name), unitsIn(rows, name)]
    return before === 0 && after === 0 ? [] : [[name, String(before), String(after)]]
  })
  return table([['goes to', 'before', 'after'], ...lines])
}

/** How many scores are higher, lower, and as they were, to the tenth that is shown. */
function scoresText(base: Simulation['base'], rows: Simulation['base']): string {
  const before = new Map(base.map(({ unitId, score }) => [unitId, score]))
  const steps = rows.flatMap(({ unitId, score }) => {
    const own = before.get(unitId)
    return own === undefined ? [] : [Math.sign(Math.round(score * 10) - Math.round(own * 10))]
  })
  const of = (step: number): number => steps.filter(one => one === step).length
  return `Scores: ${of(1)} rise, ${of(-1)} fall, ${of(0)} stay.`
}

function moversText(told: Answer['simulated']['told']): string {
  if (told === null) return 'The model counts otherwise, so that no single change can be named as a cause.'
  const { movers } = told
  if (movers.length === 0) return 'No unit gets another stage or destination.'
  const rows = movers.slice(0, MOST_MOVERS).map(moverCells)
  const head = movers.length > MOST_MOVERS ? `The first ${MOST_MOVERS} of ${movers.length} that move:` : 'Moved:'
  return `${head}\n${table([['unit', 'score', '', 'stage', 'goes to', 'because of'], ...rows])}`
}

function moverCells({ unitId, unitName, base, scenario, difference, cause }: Mover): readonly string[] {
  const step = (from: string, to: string): string => (from === to ? from : `${from} to ${to}`)
  const shown = (value: string | number | null): string => (value === null ? 'nothing' : String(value))
  return [
    unitName === null ? unitId : `${unitId} (${unitName})`,
    `${base.score.toFixed(1)} to ${scenario.score.toFixed(1)}`,
    `${difference < 0 ? '' : '+'}${difference.toFixed(1)}`,
    step(base.stage, scenario.stage),
    step(base.destination, scenario.destination),
    cause === null ? '' : `${cause.parameterId}: ${shown(cause.from)} to ${shown(cause.to)}`,
  ]
}
