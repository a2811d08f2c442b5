import type { ImportNote } from '#schema/import'
import { plainSpelling } from './plain-spelling.ts'

/** Signs that are of one currency alone. `$`, `¥` and `kr` are of several. */
const CODES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₩': 'KRW',
  '₽': 'RUB',
  '₺': 'TRY',
  '₴': 'UAH',
  '₫': 'VND',
  '₪': 'ILS',
  '₱': 'PHP',
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
  lei: 'RON',
  Fr: 'CHF',
  US$: 'USD',
  CA$: 'CAD',
  C$: 'CAD',
  A$: 'AUD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  R$: 'BRL',
}
const BARE = /^[-\d.,]+$/
const NUMBER = /[\d\s.,'’()+\-−٫٬]/gu
const MARK = /^(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3}|kr|zł|Kč|Ft|lei|Fr)$/u

/**
 * The currency that an amount names by a code or sign.
 *
 * @returns its code; the sign as written where that is of several currencies (`$`, `¥`, `kr`); null where none is named
 *
 * Source: docs/methods/import.md, "Numbers".
 */
export function currencyIn(amount: string): string | null {
  if (BARE.test(amount)) return null
  const mark = plainSpelling(amount).replace(NUMBER, '')
  return MARK.test(mark) ? (CODES[mark] ?? mark) : null
}

const MOST_CURRENCIES = 200
const SHOWN = 5

/** The currencies that the values of one column name, with their counts. */
export class Currencies {
  private readonly counts = new Map<string, number>()

  add(currency: string): void {
    const code = currency.toUpperCase()
    if (this.counts.size < MOST_CURRENCIES || this.counts.has(code))
      this.counts.set(code, (this.counts.get(code) ?? 0) + 1)
  }

  /** Nothing where there is one at most. */
  notes(column: string): readonly ImportNote[] {
    if (this.counts.size < 2) return []
    const sorted = [...this.counts].toSorted((a, b) => b[1] - a[1])
    const listed = sorted.slice(0, SHOWN).map(([code, count]) => `${code} (${count})`)
    const more = sorted.length > SHOWN ? ` and ${sorted.length - SHOWN} more` : ''
    const message =
      `${column}: ${this.counts.size} currencies, ${listed.join(', ')}${more}. No rate is applied: amounts are compared ` +
      'and added up as they stand.'
    return [{ code: 'note/currencies', column, count: this.counts.size, lines: [], message }]
  }
}
