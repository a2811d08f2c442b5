import type { Output } from '#contract/contract'
import { ROUTED_CHANNELS } from '#schema/policy'
import { type JudgeChange, type Parameter, parametersOf } from '#simulate'
import { plainValue } from '../model-versions.ts'
import type { Simulation } from './simulation.ts'

type ParameterView = Output<'simulate.open'>['parameters'][number]
type ChangeView = Readonly<{
  parameterId: string
  path: string[]
  from: string | number | null
  to: string | number | null
}>

/** From the least at which records are joined without asking to where hardly any evidence reaches. */
const BITS_RANGE = { min: 7, max: 24, step: 0.25, unit: 'bits' } as const
const CAPACITY_RANGE = { min: 0, max: 500, step: 1, unit: 'units a week' } as const

/** All that a scenario can change, capacities last. */
export function parameterViews(
  { simulator, capacities }: Pick<Simulation, 'simulator' | 'capacities'>,
  /** Bits from which records are joined. */
  auto: number,
): ParameterView[] {
  const ofChannels = ROUTED_CHANNELS.map((channel): ParameterView => {
    const value = capacities[channel] ?? null
    const end = Math.max(CAPACITY_RANGE.max, 3 * (value ?? 0))
    const place = { group: 'capacities', subject: channel, field: channel, value } as const
    const path = ['capacities', channel]
    return { id: path.join('.'), path, ...place, kind: 'number', ...CAPACITY_RANGE, max: end, choices: [] }
  })
  const threshold: ParameterView = {
    ...{ id: 'identity.threshold', path: ['identity', 'threshold'], group: 'identity', subject: 'threshold' },
    ...{ field: 'threshold', value: auto, kind: 'number', ...BITS_RANGE, choices: [] },
    max: Math.max(BITS_RANGE.max, auto),
  }
  return [...parametersOf(simulator.base).map(viewOf), threshold, ...ofChannels]
}

function viewOf(parameter: Parameter): ParameterView {
  const { id, path, group, subject, field, value } = parameter
  const place = { id, path: [...path], group, subject, field, value }
  if (parameter.kind === 'choice')
    return { ...place, kind: 'choice', min: 0, max: 0, step: 0, unit: null, choices: [...parameter.choices] }
  const { min, max, step, unit } = parameter
  return { ...place, kind: 'number', min, max, step, unit, choices: [] }
}

/** A difference between two judges in the words of the contract. */
export function changeView({ id, path, from, to }: JudgeChange): ChangeView {
  const isWhole = path[0] === 'routing' || path[0] === 'identity'
  return {
    parameterId: id,
    path: isWhole ? [...path] : ['model', ...path],
    from: figureOf(from),
    to: figureOf(to),
  }
}

/** What is no figure and no text, as JSON text. */
function figureOf(value: unknown): string | number | null {
  const plain = plainValue(value)
  return typeof plain === 'boolean' ? String(plain) : plain
}
