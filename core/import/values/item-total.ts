import { isPlainObject } from '../json/json-cells.ts'
import { numberText, readJson } from '../json/json-text.ts'

type Members = Readonly<Record<string, unknown>>

/**
 * What the items of a subscription come to in one period, in the unit of their prices: the sum of unit amount * quantity (1
 * where that is not known).
 *
 * @param value a list of items, or an object with the list as `data`, also as JSON text; an item has a `price` or `plan`
 * @returns null where it cannot be told: a price that is metered or without an amount of a unit (tiers), prices of different
 *   periods, a list that is not whole (`has_more`); undefined where there is no item
 *
 * Source: docs/methods/import.md, "Presets".
 */
export function itemTotal(value: unknown): number | null | undefined {
  const given = typeof value === 'string' && /^\s*[[{]/.test(value) ? readJson(value).value : value
  const items = isPlainObject(given) ? given['data'] : given
  if (!Array.isArray(items) || items.length === 0) return undefined
  if (isPlainObject(given) && given['has_more'] === true) return null
  const parts = items.map(partOf)
  const [first] = parts
  const isOne = parts.every(part => part !== null && part.period === first?.period)
  return isOne ? parts.reduce((total, part) => total + (part?.amount ?? 0), 0) : null
}

function partOf(item: unknown): Readonly<{ amount: number; period: string }> | null {
  if (!isPlainObject(item)) return null
  const price = objectIn(item, 'price') ?? objectIn(item, 'plan')
  if (price === null) return null
  // A plan says of itself what a price says in `recurring`.
  const recurring = objectIn(price, 'recurring') ?? price
  const unit = numberOf(price['unit_amount']) ?? numberOf(price['unit_amount_decimal']) ?? numberOf(price['amount'])
  if (unit === null || recurring['usage_type'] === 'metered') return null
  const period = `${numberOf(recurring['interval_count']) ?? 1} ${recurring['interval']}`
  return { amount: unit * (numberOf(item['quantity']) ?? 1), period }
}

function objectIn(object: Members, key: string): Members | null {
  const value = object[key]
  return isPlainObject(value) ? value : null
}

function numberOf(value: unknown): number | null {
  const text = numberText(value) ?? (typeof value === 'string' ? value.trim() : '')
  return text === '' || !Number.isFinite(Number(text)) ? null : Number(text)
}
