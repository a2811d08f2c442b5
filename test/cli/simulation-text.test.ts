import { expect, test } from 'vitest'
import { simulationText } from '../../cli/simulation-text.ts'

type Simulation = Parameters<typeof simulationText>[0]
type Row = Simulation['base'][number]

const row = (unitId: string, score: number): Row => ({ unitId, score, stage: 'warm', destination: 'nurture' }) as Row // what the text reads of a row

test('an answer says how many scores rise, fall and stay, to the tenth that is shown', () => {
  const base = [row('a', 10), row('b', 20), row('c', 30), row('d', 40)]
  const rows = [row('a', 10.04), row('b', 25), row('c', 29.9), row('d', 41)]
  const answers = [{ question: { name: 'more' }, simulated: { rows, told: null } }]
  const text = simulationText({ opened: { stageNames: ['warm'] }, base, answers } as unknown as Simulation) // as above
  expect(text).toContain('Scores: 2 rise, 1 fall, 1 stay.')
})
