import type { Client, Output } from '#contract/contract'
import { AppError } from '#lib/errors'

type Icp = Output<'routing.icp'>
type Tier = Output<'routing.icpPreview'>['tiers'][number]['tier']

/** Accounts of so many employees that the CRM gives nothing, and rules about them that are tried as the engine would. */
const SIZES = [5, 20, 60, 120, 250, 700, 1500, 9000]

export function icpHandlers(): Pick<Client, 'routing.icp' | 'routing.icpPreview' | 'routing.icpSave'> {
  let inForce: Icp = {
    rules: [],
    tierFrom: { A: 80, B: 60, C: 40 },
    modelHash: 'b7c19f0e5d2a4c3e',
    fields: ['employee_count', 'industry', 'hq_country'],
  }
  const scoreOf = (size: number, { rules }: Pick<Icp, 'rules'>): number | null =>
    rules.length === 0
      ? null
      : rules.reduce((sum, { op, value, points }) => sum + (op === '>=' && size >= Number(value) ? points : 0), 0)
  const tierOf = (size: number, fit: Pick<Icp, 'rules' | 'tierFrom'>): Tier => {
    const score = scoreOf(size, fit)
    const reached = Object.entries(fit.tierFrom).filter(([, from]) => score !== null && score >= from)
    return reached.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null
  }
  return {
    'routing.icp': async () => inForce,
    'routing.icpPreview': async fit => {
      const moved = SIZES.flatMap(size => {
        const [from, to] = [tierOf(size, inForce), tierOf(size, fit)]
        return from === to
          ? []
          : [{ accountId: `acc_${size}`, name: `Company of ${size}`, from, to, score: scoreOf(size, fit) }]
      })
      return {
        accounts: SIZES.length,
        given: 0,
        tiers: ['A', 'B', 'C', null].map(tier => ({
          tier,
          before: SIZES.filter(size => tierOf(size, inForce) === tier).length,
          after: SIZES.filter(size => tierOf(size, fit) === tier).length,
        })),
        moved,
        movedTotal: moved.length,
        rules: fit.rules.map(({ value }) => ({
          known: SIZES.length,
          holds: SIZES.filter(size => size >= Number(value)).length,
        })),
        findings: fit.rules.flatMap(({ field, value }, rule) =>
          value === '' || value === undefined
            ? [{ level: 'fault' as const, rule, message: `a value to compare ${field} with is missing` }]
            : [],
        ),
      }
    },
    'routing.icpSave': async ({ rules, tierFrom, modelHash }) => {
      if (modelHash !== inForce.modelHash) throw new AppError('usage/overtaken', 'the model was changed meanwhile')
      inForce = { ...inForce, rules, tierFrom, modelHash: `${modelHash}1` }
      return { hash: inForce.modelHash, isNew: true }
    },
  }
}
