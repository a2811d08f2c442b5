import { normaliseName } from '#lib/text'
import type { FilePlan, ImportNote } from '#schema/import'
import type { ColumnSettings } from '#schema/mapping'
import { TABLES, type TableName, type Value } from '#schema/tables'
import type { ColumnReader } from '../column.ts'
import { type PathReader, pathReader } from '../field-path.ts'
import type { RowCells } from '../row-cells.ts'
import { itemTotal } from './item-total.ts'

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

/**
 * Turns the amounts of a row, once it is read, into whole units of its currency, per month, for all seats; gives it the currency that its
 * amounts name where it names none.
 */
export type AmountScaler = Readonly<{
  scale(values: Value[], row: Pick<RowCells, 'cells' | 'record' | 'line'>): void
  /** Amounts that were left empty, since what the items of their records come to cannot be told. */
  notes(): readonly ImportNote[]
}>

type Unit = NonNullable<ColumnSettings['amountOf']>[number]
type Amount = Readonly<{ column: string; index: number; amountOf: readonly Unit[]; items: PathReader | null }>

/** Lines that a note names. */
const SHOWN_LINES = 5

/**
 * The scaler for the columns of a table whose settings say that their amounts are of something else.
 *
 *   minor   / 100, by the row's `currency` also / 1 or / 1000
 *   period  / months of the row's `billing_period`; void where that is not known
 *   seat    * the row's `seats_purchased`, 1 where that is not known
 *   items   the sum over all items takes the place of the amount, seats and all; void where it cannot be told
 *
 * @returns null where no column needs it
 *
 * Source: docs/methods/import.md, "Presets".
 */
export function amountScaler(
  table: TableName,
  settings: ReadonlyMap<string, ColumnSettings>,
  { columns, format }: Pick<FilePlan, 'columns' | 'format'>,
  readers: ReadonlyMap<string, ColumnReader>,
): AmountScaler | null {
  const names = Object.keys(TABLES[table].columns)
  const at = (name: string): number => names.indexOf(name)
  const [currencyAt, periodAt, seatsAt] = [at('currency'), at('billing_period'), at('seats_purchased')]
  const amounts = [...settings].flatMap(([column, { amountOf = [], items }]): readonly Amount[] => {
    const reader = items === undefined ? null : pathReader(items, columns, format !== 'csv', true)
    return amountOf.length === 0 && reader === null ? [] : [{ column, index: at(column), amountOf, items: reader }]
  })
  const named = currencyAt < 0 ? [] : ['mrr', 'arr'].flatMap(name => readers.get(name) ?? [])
  if (amounts.length === 0 && named.length === 0) return null
  const untold = new Map<string, Untold>()
  const amountIn = (amount: Amount, values: Value[], row: Parameters<AmountScaler['scale']>[1]): Value => {
    const { column, index, amountOf, items } = amount
    const text = (place: number): string => (typeof values[place] === 'string' ? values[place] : '')
    const seats = values[seatsAt]
    const total = items === null ? undefined : itemTotal(items.read(row.cells, row.record).value)
    if (total === null) untold.set(column, withLine(untold.get(column), row.line))
    const value = total === undefined ? values[index] : total
    if (typeof value !== 'number') return null
    const factors = {
      minor: 1 / minorUnits(text(currencyAt)),
      period: 1 / monthsOf(text(periodAt)),
      seat: total === undefined && typeof seats === 'number' ? seats : 1,
    }
    const scaled = amountOf.reduce((product, of) => product * factors[of], value)
    return Number.isFinite(scaled) ? Math.round(scaled * SCALE) / SCALE : null
  }
  return {
    scale(values, row) {
      if (currencyAt >= 0) values[currencyAt] ??= named.map(reader => reader.currency(row.line)).find(isNamed) ?? null
      for (const amount of amounts) values[amount.index] = amountIn(amount, values, row)
    },
    notes: () => [...untold].map(([column, rows]) => untoldNote(column, rows)),
  }
}

const isNamed = (currency: string | null): boolean => currency !== null

/** Rows of which the amount cannot be told: how many, and the first of them. */
type Untold = Readonly<{ count: number; lines: readonly number[] }>

function withLine({ count, lines }: Untold = { count: 0, lines: [] }, line: number): Untold {
  return { count: count + 1, lines: lines.length < SHOWN_LINES ? [...lines, line] : lines }
}

function untoldNote(column: string, { count, lines }: Untold): ImportNote {
  const message =
    `${column}: left empty in ${count === 1 ? '1 row' : `${count} rows`}, such as line ${lines[0]}: a price is metered or has no ` +
    'amount of a unit, prices are of different periods, or the list of items is not whole. What they pay has to come from another column.'
  return { code: 'note/open-amounts', column, count, lines, message }
}

function minorUnits(currency: string): number {
  const code = currency.toUpperCase()
  if (WHOLE.has(code)) return 1
  return THOUSANDTHS.has(code) ? 1000 : 100
}
