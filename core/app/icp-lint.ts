import type { Output, Parsed } from '#contract/contract'
import type { FitRule, ScoringModel } from '#schema/model'
import { type Row, TABLES } from '#schema/tables'
import { fitOf } from '#score'

type Preview = Output<'routing.icpPreview'>
type Finding = Preview['findings'][number]
type Fit = Parsed<'routing.icpPreview'>
type Account = Row<'accounts'>

const MOST_SCORE = 100
const COLUMNS: ReadonlySet<string> = new Set(Object.keys(TABLES.accounts.columns))

/** What ICP rules say of the accounts that the CRM gives neither a score nor a tier. */
export class IcpReach {
  private readonly rules: readonly Readonly<{ rule: FitRule; model: Parameters<typeof fitOf>[1] }>[]
  private readonly known: number[]
  private readonly holds: number[]
  /** `1 3`: rules of one field that hold for one account -> accounts */
  private readonly together = new Map<string, number>()
  /** field -> accounts that have it and that no rule about it holds for */
  private readonly uncovered = new Map<string, number>()
  private accounts = 0

  constructor(fit: Fit, buckets: ScoringModel['buckets']) {
    this.rules = (fit.rules as readonly FitRule[]).map(rule => ({
      rule,
      model: { buckets, fit: { rules: [{ ...rule, points: 1 }], tierFrom: {} } },
    }))
    this.known = this.rules.map(() => 0)
    this.holds = this.rules.map(() => 0)
  }

  /** Takes an account that the CRM gives neither a score nor a tier. */
  add(account: Account): void {
    this.accounts++
    const held = new Map<string, number[]>()
    for (const [i, { rule, model }] of this.rules.entries()) {
      const { score } = fitOf(account, model)
      if (score === null) continue
      this.known[i] = (this.known[i] ?? 0) + 1
      const own = held.get(rule.field) ?? []
      held.set(rule.field, own)
      if (score === 0) continue
      this.holds[i] = (this.holds[i] ?? 0) + 1
      own.push(i)
    }
    for (const [field, own] of held) {
      if (own.length === 0) add(this.uncovered, field)
      else if (own.length > 1) add(this.together, own.join(' '))
    }
  }

  /** Accounts that have the field of each rule, and those for which it holds. */
  reach(): Preview['rules'] {
    return this.rules.map((_, i) => ({ known: this.known[i] ?? 0, holds: this.holds[i] ?? 0 }))
  }

  /** What is wrong with the rules, and what is to be known of them on these accounts. */
  findings({ tierFrom }: Fit): Finding[] {
    return [
      ...this.rules.flatMap((_, i) => this.ofRule(i)),
      ...this.gaps(),
      ...this.overlaps(),
      ...this.tiers(tierFrom),
    ]
  }

  private ofRule(i: number): readonly Finding[] {
    const { rule } = this.rules[i] ?? {}
    if (rule === undefined) return []
    const say = (level: Finding['level'], message: string): readonly Finding[] => [{ level, rule: i, message }]
    if (!COLUMNS.has(rule.field)) return say('fault', `accounts have no column ${rule.field}`)
    if (rule.op !== 'known' && isMissing(rule.value)) return say('fault', 'a value to compare with is missing')
    if (isOrder(rule.op) && !Number.isFinite(Number(rule.value)))
      return say('fault', `${rule.field} is compared by size, but the value is no number`)
    const twin = this.rules.findIndex(other => sayOf(other.rule) === sayOf(rule))
    if (twin < i) return say('warning', `the same as rule ${twin + 1}: its points are given twice`)
    if (rule.points === 0) return say('note', 'gives no points')
    if (this.accounts === 0) return []
    if (this.known[i] === 0) return say('warning', `no account has a ${rule.field}`)
    return this.holds[i] === 0 ? say('warning', 'holds for no account') : []
  }

  private gaps(): readonly Finding[] {
    const isUsed = (field: string): boolean =>
      this.rules.some(({ rule }, i) => rule.field === field && this.holds[i] !== 0)
    const gaps = [...this.uncovered].filter(([field]) => isUsed(field))
    return gaps.map(([field, accounts]) => ({
      level: 'note',
      rule: null,
      message: `gap: no rule about ${field} holds for ${accounts} of the accounts that have one`,
    }))
  }

  private overlaps(): readonly Finding[] {
    return [...this.together].map(([rules, accounts]) => ({
      level: 'note',
      rule: Number(rules.split(' ')[0]),
      message: `overlap: rules ${rules
        .split(' ')
        .map(i => Number(i) + 1)
        .join(
          ' and ',
        )} hold together for ${accounts} ${accounts === 1 ? 'account' : 'accounts'}, and their points add up`,
    }))
  }

  private tiers(tierFrom: Fit['tierFrom']): readonly Finding[] {
    const order = Object.entries(tierFrom).sort(([a], [b]) => (a < b ? -1 : 1))
    const most = Math.min(
      MOST_SCORE,
      this.rules.reduce((sum, { rule }) => sum + Math.max(0, rule.points), 0),
    )
    const tell = (message: string): Finding => ({ level: 'warning', rule: null, message })
    const high = order.filter(([, from]) => this.rules.length > 0 && from > most)
    const swapped = order.filter(([, from], i) => order.slice(0, i).some(([, above]) => above <= from))
    return [
      ...high.map(([tier, from]) => tell(`tier ${tier} needs ${from}, and all rules together give ${most}`)),
      ...swapped.map(([tier, from]) =>
        tell(`tier ${tier} is never given: a tier before it begins at ${from} or below`),
      ),
    ]
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function isMissing(value: FitRule['value']): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

const isOrder = (op: FitRule['op']): boolean => op === '<' || op === '<=' || op === '>' || op === '>='

const sayOf = ({ field, op, value }: FitRule): string => JSON.stringify([field, op, value ?? null])
