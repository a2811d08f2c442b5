import { roundTo } from '#lib/num'
import { timesText } from '#lib/text'
import { civilFromDays, type Day } from '#lib/time'
import { MONTHS } from '#lib/written'
import type { Reason } from '#schema/findings'
import type { ScoringModel } from '#schema/model'
import type { ScoreLine, UnitScore } from '#schema/score'
import type { Unit } from '#schema/unit'
import { phraseOf, phraseOfRollup } from './phrases.ts'
import { printedPoints } from './printed-points.ts'

const SPANS = [7, 14, 30, 60, 90]

/** What sentences are written from, beside the line itself. */
export type ReasonGround = Readonly<{ unit: Unit; model: ScoringModel; today: Day }>

/**
 * A ledger line as a sentence that a salesperson understands, with counts, dates and points:
 * "Hit a usage limit twice in the last 7 days, last on 12 May: +14.2".
 *
 * @param line of a unit's ledger
 * @param ground the unit and its model
 * @param printed points as they are printed, of `printedPoints`
 *
 * Source: docs/methods/score.md, "Reasons".
 */
export function sentenceOf(line: ScoreLine, ground: ReasonGround, printed: number): string {
  return `${statementOf(line, ground)}: ${printed < 0 ? '' : '+'}${printed.toFixed(1)}`
}

/**
 * The lines with the most points as sentences. Lines without points and the clamp are left out; lines that cost points come
 * last.
 *
 * @param most how many are wanted at most
 */
export function topReasons(score: UnitScore, ground: ReasonGround, most = 3): readonly Reason[] {
  const lines = score.lines.filter(line => line.signal !== 'clamp' && line.finalPoints !== 0)
  const best = lines.toSorted((a, b) => b.finalPoints - a.finalPoints || (a.signal < b.signal ? -1 : 1)).slice(0, most)
  const printed = printedPoints(score)
  return best.map(line => ({ line, sentence: sentenceOf(line, ground, printed(line)) }))
}

/**
 * What a ledger line says, without its points: "Hit a usage limit twice in the last 7 days, last on 12 May".
 *
 * Source: docs/methods/score.md, "Reasons".
 */
export function statementOf(line: ScoreLine, ground: ReasonGround): string {
  if (line.signal === 'clamp')
    return line.finalPoints < 0 ? 'Above 100, the highest score' : 'Below 0, the lowest score'
  const row = ground.model.checklist?.find(({ signal }) => signal === line.signal)
  if (row !== undefined) return `${phraseOfRollup(row.signal)}, at least ${row.threshold}`
  if (line.signal === 'fit') return fitStatement(ground.unit)
  const condition = ground.model.conditions.find(({ id }) => id === line.signal)
  if (condition !== undefined) {
    const isTrial =
      condition.when === 'trial_ending' || (condition.when === undefined && line.signal.startsWith('trial_ending'))
    return isTrial ? trialStatement(ground) : `No activity in the last ${condition.days} days`
  }
  return signalStatement(line, ground)
}

function fitStatement({ fit }: Unit): string {
  const from = fit.source === 'rules' ? 'Fit by the rules' : 'Fit of the account'
  const figures = [
    fit.score === null ? null : `score ${roundTo(fit.score, 1)}`,
    fit.tier === null ? null : `tier ${fit.tier}`,
  ]
  return `${from}, ${figures.filter(figure => figure !== null).join(', ')}`
}

function trialStatement({ unit, today }: ReasonGround): string {
  const end = unit.trialEndDay ?? today
  if (end === today) return 'Trial ends today'
  return `Trial ends in ${end - today} ${end - today === 1 ? 'day' : 'days'}, on ${dayText(end, today)}`
}

function signalStatement(
  { signal, occurrences, firstDay, lastDay }: ScoreLine,
  { model, today }: ReasonGround,
): string {
  const rule = model.signals.find(({ id }) => id === signal)
  const phrase = phraseOf(rule?.kind ?? signal)
  if (firstDay === null || lastDay === null) return phrase
  const last = dayText(lastDay, today)
  if (rule?.count === 'first') return `${phrase}, first on ${last}`
  if (rule?.count === 'latest') return `${phrase}, last on ${last}`
  const days =
    rule?.count === 'daily' ? `on ${occurrences} ${occurrences === 1 ? 'day' : 'days'}` : timesText(occurrences)
  if (firstDay === lastDay) return `${phrase} ${rule?.count === 'daily' ? '' : `${days} `}on ${last}`.replace('  ', ' ')
  return `${phrase} ${days} ${spanText(firstDay, today)}, last on ${last}`
}

/** The shortest usual span that holds all days since the first. */
function spanText(firstDay: Day, today: Day): string {
  const span = SPANS.find(days => today - firstDay < days)
  return span === undefined ? `since ${dayText(firstDay, today)}` : `in the last ${span} days`
}

/**
 * A day as people write it: `12 May`, with the year where it is not that of today.
 *
 * Source: docs/methods/score.md, "Reasons".
 */
export function dayText(day: Day, today: Day): string {
  const date = civilFromDays(day)
  const text = `${date.day} ${MONTHS[date.month - 1]}`
  return date.year === civilFromDays(today).year ? text : `${text} ${date.year}`
}
