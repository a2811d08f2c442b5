import type { Output, Parsed } from '#contract/contract'
import { settingsIn, weightRules } from '#identity'
import { AppError } from '#lib/errors'
import { canonicalJson, sha256Hex } from '#lib/hash'
import { bitsText } from '#lib/num'
import { addDecision, identityDecisions, type Readable, type Writable } from '#store'

type Rules = Output<'identity.rules'>
type Change = Parsed<'identity.setRules'>
type Diff = Output<'identity.setRules'>['diff']

const AUTO = 'auto threshold'
const DEFAULT_AUTO = 7
const MOST_BITS = 40
const STEPS_PER_BIT = 16
const LEAST = { review: 0, watch: -3 }

/** Weights and thresholds in force. */
export function rulesOf(db: Readable): Rules {
  const { weights, autoSteps } = settingsIn(identityDecisions(db))
  const rules = weightRules().map(rule => ({ ...rule, value: weights.get(rule.id) ?? rule.byDefault }))
  const auto = autoSteps / STEPS_PER_BIT
  const values = rules.map(({ id, value }) => [id, value])
  return { hash: sha256Hex(canonicalJson([values, auto])), rules, thresholds: { auto, ...LEAST } }
}

/** Sets weights and the auto threshold, as one decision. @throws AppError usage/overtaken, usage/bad-argument */
export function setRules(
  db: Writable,
  { changes, thresholds, hash, dryRun }: Change,
  now: number,
): Output<'identity.setRules'> {
  const before = rulesOf(db)
  if (before.hash !== hash)
    throw new AppError(
      'usage/overtaken',
      'the rules of identity were changed meanwhile; open them again and repeat the change',
      {
        expected: hash,
        inForce: before.hash,
      },
    )
  const diff = changes.flatMap(change => diffOf(before, change))
  const auto = thresholds?.auto ?? before.thresholds.auto
  demandThresholds(thresholds)
  if (auto !== before.thresholds.auto)
    diff.push({
      id: AUTO,
      before: before.thresholds.auto,
      after: auto,
      sentence: `Users are joined from ${bitsText(auto)} bits on.`,
    })
  if (dryRun || diff.length === 0) return { hash: before.hash, diff, isNew: false }
  const weights = Object.fromEntries(diff.filter(({ id }) => id !== AUTO).map(({ id, after }) => [id, after]))
  const payload = { weights, auto, batch: `rules ${now}` }
  addDecision(db, { kind: 'set_rules', subject: [], payload, reverts: null, decidedAt: now })
  return { hash: rulesOf(db).hash, diff, isNew: true }
}

function diffOf({ rules }: Rules, { id, value }: Change['changes'][number]): Diff {
  const rule = rules.find(one => one.id === id)
  if (rule === undefined)
    throw new AppError('usage/bad-argument', `there is no rule "${id}"; the rules are named by comparison and level`, {
      id,
    })
  const isFit = rule.unit === 'bits' ? Math.abs(value) <= MOST_BITS : value > 0 && value < 1
  if (!isFit || (rule.unit === 'precision' && value < 0.5))
    throw new AppError('usage/bad-argument', `${said(rule.unit, value)} does not fit "${id}": ${RANGES[rule.unit]}`, {
      id,
      value,
    })
  if (value === rule.value) return []
  return [
    {
      id,
      before: rule.value,
      after: value,
      sentence: `${id}. ${rule.because}`,
    },
  ]
}

/** A weight in words: bits have a sign, and a minus is no hyphen. */
function said(unit: Rules['rules'][number]['unit'], value: number): string {
  return unit === 'bits' ? bitsText(value) : String(value)
}

const RANGES: Readonly<Record<Rules['rules'][number]['unit'], string>> = {
  precision: 'a precision is from 0.5 to below 1',
  m: 'a share is above 0 and below 1',
  bits: `bits are from ${bitsText(-MOST_BITS)} to ${bitsText(MOST_BITS)}`,
}

function demandThresholds(thresholds: Change['thresholds']): void {
  if (thresholds === undefined) return
  const { auto, review, watch } = thresholds
  if (auto < DEFAULT_AUTO || auto > MOST_BITS)
    throw new AppError('usage/bad-argument', `users are joined from +${DEFAULT_AUTO} bits on or more, not ${auto}`, {
      auto,
    })
  if (review !== LEAST.review || watch !== LEAST.watch)
    throw new AppError(
      'usage/bad-argument',
      'only the auto threshold can be set; pairs are proposed from 0 and shown from \u22123',
      {
        review,
        watch,
      },
    )
}
