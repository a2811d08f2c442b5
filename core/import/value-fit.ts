import { hostOf } from '#lib/domain'
import type { Column } from '#schema/tables'
import { isMissing, normalValue, readBoolean } from './values/cell-reader.ts'
import { CONSENT_WORDS } from './values/consent-words.ts'
import type { FaultSlot } from './values/fault.ts'
import { numberReader } from './values/number-reader.ts'
import { readTimeText } from './values/time-text.ts'

const ENOUGH_TEXTS = 5
/** A column of which fewer can be read does not hold what its header says. */
const LEAST_SHARE = 0.2
/** A column of which as many can be read holds it, whatever its header says. */
const MOST_SHARE = 0.8

/**
 * Do the values of a column look like nothing that the field could be?
 *
 * Times, numbers and booleans have a look of their own, and so has the domain of an account: fewer than a fifth of its values
 * are domains or web addresses; or more than half are of one host, as links to the records of one tool are. Only where there
 * are five values or more. A status of consent is one where its values say so, however few there are.
 *
 * @param texts values of the column, blanks around them cut
 *
 * Source: docs/methods/import.md, "Tables".
 */
export function isOddFor(field: string, type: Column['type'], texts: readonly string[]): boolean {
  if (field === CONSENT_STATUS) return !saysConsent(texts)
  if (field === DAY_ALONE) return !areMostly(texts, isDay)
  if (field === TIME_OF_DAY) return !areMostly(texts, text => CLOCK.test(text))
  if (field === 'opted_out' && saysConsent(texts)) return false
  return field === 'primary_domain' ? isNoDomains(texts) : isMisfit(type, texts)
}

/** Not a field: what a column called a status may be, if its values say who may be written to. */
export const CONSENT_STATUS = 'consent_status'
/** Not fields either: the two halves of a time. */
export const DAY_ALONE = 'day_alone'
export const TIME_OF_DAY = 'time_of_day'
/** All of these. Without values nothing has such a look. */
export const LOOKS: readonly string[] = [CONSENT_STATUS, DAY_ALONE, TIME_OF_DAY]

const SHORT_DAY = /^\d{1,2}([-/.])\d{1,2}\1\d{2}$/
const CLOCK = /^\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?$/i

/** Years of two digits too: without the pattern that they need, they are held as what they are. */
function isDay(text: string): boolean {
  return (isTimeLike(text) && !text.includes(':')) || SHORT_DAY.test(text)
}

/** Do four in five of the values that are given look so? */
function areMostly(texts: readonly string[], looks: (text: string) => boolean): boolean {
  const given = texts.filter(text => !isMissing(text, 'moment'))
  return given.length > 0 && given.filter(looks).length >= MOST_SHARE * given.length
}

/** Are four in five of the values words for who may be written to? */
function saysConsent(texts: readonly string[]): boolean {
  const given = texts.filter(text => !isMissing(text, 'boolean'))
  const said = given.filter(text => CONSENT_WORDS[normalValue(text)] !== undefined)
  return given.length > 0 && said.length >= MOST_SHARE * given.length
}

function isMisfit(type: Column['type'], texts: readonly string[]): boolean {
  const given = texts.filter(text => !isMissing(text, type))
  if (given.length < ENOUGH_TEXTS) return false
  const looks = lookOf(type)
  return looks !== null && given.filter(looks).length < LEAST_SHARE * given.length
}

function isNoDomains(texts: readonly string[]): boolean {
  const given = texts.filter(text => !isMissing(text, 'text'))
  if (given.length < ENOUGH_TEXTS) return false
  const counts = new Map<string, number>()
  for (const host of given.map(hostOf)) if (host !== null) counts.set(host, (counts.get(host) ?? 0) + 1)
  const hosts = [...counts.values()]
  const total = hosts.reduce((sum, count) => sum + count, 0)
  return total < LEAST_SHARE * given.length || hosts.some(count => 2 * count > given.length)
}

/**
 * Do the values of a column look like its type?
 *
 * @param texts values of the column, blanks around them cut; without any, nothing can be said
 * @returns true where four in five of those given have the look of the type; false for types that have none of their own
 *
 * Source: docs/methods/import.md, "Recognition".
 */
export function looksLike(type: Column['type'], texts: readonly string[]): boolean {
  const given = texts.filter(text => !isMissing(text, type))
  const looks = lookOf(type)
  return looks !== null && given.length > 0 && given.filter(looks).length >= MOST_SHARE * given.length
}

function lookOf(type: Column['type']): ((text: string) => boolean) | null {
  if (type === 'moment') return isTimeLike
  if (type === 'boolean') return text => isRead(slot => readBoolean(text, slot))
  if (type !== 'number' && type !== 'integer' && type !== 'money') return null
  const readers = [numberReader('money', '.'), numberReader('money', ',')]
  return text => readers.some(reader => isRead(slot => reader.read(text, slot)))
}

/** What a spreadsheet or a typing error made of a time is still one. Small numbers are none. */
function isTimeLike(text: string): boolean {
  const read = readTimeText(text)
  if (read.kind === 'epoch') return read.value >= 1e8
  return read.kind !== 'fault' || read.fault !== 'value/not-a-time'
}

function isRead(read: (slot: FaultSlot) => unknown): boolean {
  const slot: FaultSlot = { code: null }
  read(slot)
  return slot.code === null
}
