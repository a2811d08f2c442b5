import { normaliseName } from '#lib/text'
import type { Day } from '#lib/time'
import type { JudgedUnit } from '#schema/findings'
import type { ScoringModel } from '#schema/model'
import type { ScoreLine } from '#schema/score'
import { phraseOf } from '#score'
import type { HandOff } from '../presets/hand-off.ts'
import { DEED } from '../told-of.ts'

const OPENER_DAYS = 30
const OPENER_CLAUSES = 2
/** Kinds that are words of the model: no customer knows what they stand for in the product. */
const MODEL_KINDS: ReadonlySet<string> = new Set([
  'key_action_completed',
  'first_value_delivered',
  'core_feature_used',
  'session_started',
])
/** What events are named by, where an event's name says plainly what was done. */
const VERBS: ReadonlySet<string> = new Set([
  ...['added', 'built', 'completed', 'connected', 'created', 'deployed', 'exported', 'finished', 'generated'],
  ...['imported', 'installed', 'invited', 'launched', 'made', 'published', 'ran', 'scheduled', 'sent', 'shared'],
  ...['started', 'uploaded'],
])
const TEAM = 'your team'

/** What an opener is made from: a unit, its lines, and what a line says without its points. */
type OpenerSource = Readonly<{
  unit: HandOff
  judged: JudgedUnit
  ground: Readonly<{ model: ScoringModel; today: Day }>
  statementOf: (line: ScoreLine) => string
}>

type Deed = Readonly<{ who: string; clause: string }>

/**
 * One or two sentences to begin a message to a customer with, in words of the product.
 *
 *   the two lines with the most points of the last 30 days that tell what somebody did;
 *   else on how many of the last 14 days the team was active
 *
 * @param source a unit with its lines
 * @returns null where neither is known
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export function openerOf(source: OpenerSource): string | null {
  const { unit } = source
  const [first, second] = deedsOf(source)
  if (first === undefined) return activityOf(source)
  const beginning = within(unit, first.who, first.clause)
  if (second === undefined) return beginning
  const also = second.who === TEAM && first.who === TEAM ? 'it' : second.who
  return `${beginning} ${capital(also)} also ${second.clause}.`
}

/**
 * Whom to write to: the first with an address, else the first.
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export function contactOf({ people }: HandOff): HandOff['people'][number] | undefined {
  return people.find(({ email }) => email !== null) ?? people[0]
}

function deedsOf(source: OpenerSource): readonly Deed[] {
  const { unit, judged, ground } = source
  const lines = judged.score.lines
    .filter(({ finalPoints, lastDay }) => finalPoints > 0 && lastDay !== null && ground.today - lastDay < OPENER_DAYS)
    .sort((a, b) => b.finalPoints - a.finalPoints || (a.signal < b.signal ? -1 : 1))
  const deeds: Deed[] = []
  for (const line of lines) {
    const statement = customerStatement(source, line)
    if (statement !== null) deeds.push({ who: doerOf(line, unit), clause: clauseOf(statement) })
    if (deeds.length === OPENER_CLAUSES) break
  }
  return deeds
}

/** A line in words that a customer knows: a kind of the model's has none. */
function customerStatement({ ground: { model }, statementOf }: OpenerSource, line: ScoreLine): string | null {
  const kind = model.signals.find(({ id }) => id === line.signal)?.kind ?? line.signal
  if (MODEL_KINDS.has(kind)) return null
  const statement = statementOf(line)
  if (DEED.test(statement)) return statement
  const phrase = phraseOf(kind)
  const plain = eventPhrase(kind, model)
  return plain === null || !statement.startsWith(phrase) ? null : plain + statement.slice(phrase.length)
}

/** `dashboard_created` or `created_dashboard`: `Created a dashboard`; null where the name does not plainly say what was done. */
function eventPhrase(kind: string, { taxonomy }: Pick<ScoringModel, 'taxonomy'>): string | null {
  // Other names that a kind takes in may say something else.
  const isOneName = taxonomy.every(entry => entry.kind !== kind || entry.match.length === 0)
  const words = normaliseName(kind).split('_')
  const [verb = '', ...thing] = VERBS.has(words[0] ?? '') ? words : [words.at(-1), ...words.slice(0, -1)]
  const what = thing.join(' ')
  if (!isOneName || !VERBS.has(verb) || !/^[a-z]{3,}( [a-z]{3,})?$/.test(what)) return null
  const article = what.endsWith('s') ? '' : /^[aeiou]/.test(what) ? 'an ' : 'a '
  return `${capital(verb)} ${article}${what}`
}

/** The claim that is left where no deed can be told: how often the team was there. */
function activityOf({ unit, judged: { findings } }: OpenerSource): string | null {
  const days = findings.rollups.active_days_14d
  return days > 0 ? within(unit, TEAM, `was active on ${days} of the last 14 days`) : null
}

const within = ({ name }: HandOff, who: string, clause: string): string =>
  name === null ? `${capital(who)} ${clause}.` : `In ${name} ${who} ${clause}.`

/** Who did what a line tells, as the one who is written to is told. */
function doerOf({ scope, personId }: ScoreLine, unit: HandOff): string {
  if (scope === 'unit') return TEAM
  if (personId !== null && contactOf(unit)?.personId === personId) return 'you'
  return unit.people.find(person => person.personId === personId)?.name ?? 'somebody in your team'
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `Hit a usage limit, last on 26 May`: `hit a usage limit, most recently on 26 May` */
function clauseOf(statement: string): string {
  const told = statement.replace(/, last on (?=[^,]*$)/, ', most recently on ').replace(/, first on (?=[^,]*$)/, ' on ')
  return told.charAt(0).toLowerCase() + told.slice(1)
}
