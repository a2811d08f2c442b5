import { normaliseName } from '#lib/text'
import type { ColumnSettings } from '#schema/mapping'
import { TABLES, type TableName, type Value } from '#schema/tables'

/** Currencies without a smaller unit, and those whose smaller unit is a thousandth (ISO 4217). */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF'.split(' '))
const THOUSANDTHS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))

const MONTHS: Readonly<Record<string, number>> = {
  day: 12 / 365,
  daily: 12 / 365,
  week: 12 / 52,
  weekly: 12 / 52,
  month: 1,
  monthly: 1,
  quarter: 3,
  quarterly: 3,
  half_year: 6,
  semi_annual: 6,
  semiannual: 6,
  biannual: 6,
  year: 12,
  yearly: 12,
  annual: 12,
  annually: 12,
}
const COUNTED = /^(\d+)_(day|week|month|quarter|year)s?$/

/** Decimals kept of an amount that was divided. */
const SCALE = 1e4

/** Months of a billing period such as `month`, `Annual`, `3 months`; NaN where the text names none. */
export function monthsOf(period: string): number {
  const name = normaliseName(period)
  const [, count = '', unit = ''] = COUNTED.exec(name) ?? []
  return count === '' ? (MONTHS[name] ?? Number.NaN) : Number(count) * (MONTHS[unit] ?? Number.NaN)
}

/** Turns the amounts of a row, once it is read, into whole units of its currency, per month, for all seats. */
export type AmountScaler = (values: Value[]) => void

/**
 * The scaler for the columns of a table whose settings say that their amounts are of something else.
 *
 *   minor   / 100, by the row's `currency` also / 1 or / 1000
 *   period  / months of the row's `billing_period`; void where that is not known
 *   seat    * the row's `seats_purchased`, 1 where that is not known
 *
 * @returns null where no column needs it
 *
 * Source: docs/methods/import.md, "Presets".
 */
export function amountScaler(table: TableName, settings: ReadonlyMap<string, ColumnSettings>): AmountScaler | null {
  const names = Object.keys(TABLES[table].columns)
  const at = (name: string): number => names.indexOf(name)
  const [currencyAt, periodAt, seatsAt] = [at('currency'), at('billing_period'), at('seats_purchased')]
  const scaled = [...settings].flatMap(([name, { amountOf = [] }]) =>
    amountOf.length === 0 ? [] : [{ index: at(name), amountOf }],
  )
  if (scaled.length === 0) return null
  return values => {
    const text = (index: number): string => (typeof values[index] === 'string' ? values[index] : '')
    const seats = values[seatsAt]
    const factors = {
      minor: 1 / minorUnits(text(currencyAt)),
      period: 1 / monthsOf(text(periodAt)),
      seat: typeof seats === 'number' ? seats : 1,
    }
    for (const { index, amountOf } of scaled) {
      const value = values[index]
      if (typeof value !== 'number') continue
      const amount = amountOf.reduce((product, of) => product * factors[of], value)
      values[index] = Number.isFinite(amount) ? Math.round(amount * SCALE) / SCALE : null
    }
  }
}

function minorUnits(currency: string): number {
  const code = currency.toUpperCase()
  if (WHOLE.has(code)) return 1
  return THOUSANDTHS.has(code) ? 1000 : 100
}
