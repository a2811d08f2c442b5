import type { OracleModel } from './model.ts'
import { cell, type Exports, numberCell, plain, type TextRow } from './tables.ts'

export type Fit = Readonly<{ points: number; tier: string | null }>

/** Fit of the workspace's account: given score, else rules where the CRM gives nothing, else tier. */
export function fitOf(exports: Exports, model: OracleModel, workspace: TextRow): Fit {
  const id = cell(workspace, 'account_id')
  const account = id === '' ? undefined : exports.accounts.find(row => cell(row, 'account_id') === id)
  if (account === undefined) return { points: 0, tier: null }
  const { max, tiers } = model.buckets.fit
  const tier = cell(account, 'icp_fit_tier').toUpperCase() || null
  const score = scoreOf(account, model, tier)
  const points = score === null ? (tiers[tier ?? ''] ?? 0) : score / 10
  return { points: Math.min(points, max ?? points), tier: tier ?? (score === null ? null : tierOf(score)) }
}

function scoreOf(account: TextRow, model: OracleModel, tier: string | null): number | null {
  const given = numberCell(account, 'icp_fit_score')
  if (given !== null) return clamp100(given)
  const rules = model.fit?.rules ?? []
  if (rules.length === 0 || tier !== null) return null
  return clamp100(
    rules.filter(rule => meets(account, rule.field, rule.op, rule.value)).reduce((sum, rule) => sum + rule.points, 0),
  )
}

const clamp100 = (score: number): number => Math.min(100, Math.max(0, score))
const tierOf = (score: number): string | null => (score >= 80 ? 'A' : score >= 60 ? 'B' : score >= 40 ? 'C' : null)

function meets(account: TextRow, field: string, op: string, value: string | number | string[] | undefined): boolean {
  const text = cell(account, field)
  if (op === 'known') return text !== ''
  if (text === '') return false
  if (typeof value === 'number') return compares(Number(text), op, value)
  if (Array.isArray(value)) return value.some(one => plain(one) === plain(text))
  if (op === 'contains') return text.split(';').some(part => plain(part) === plain(value ?? ''))
  return (plain(text) === plain(value ?? '')) === (op === '=')
}

function compares(a: number, op: string, b: number): boolean {
  if (op === '>=') return a >= b
  if (op === '>') return a > b
  if (op === '<=') return a <= b
  if (op === '<') return a < b
  return op === '=' ? a === b : a !== b
}
