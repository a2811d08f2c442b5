import type { Parameter } from '../state/simulator-calls.ts'
import type { ParameterValue } from '../state/simulator-scenario.ts'
import { decimal, NONE, words } from '../ui/format.ts'
import { bucketOf, channelOf, inSentence, roleOf } from './words.ts'

type Group = Parameter['group']

export const GROUPS: readonly Readonly<{ id: Group; label: string; means: string }>[] = [
  { id: 'stages', label: 'Stage thresholds', means: 'The score from which a workspace is in a stage.' },
  { id: 'buckets', label: 'Buckets', means: 'The most a bucket can add, and how fast what is in it fades.' },
  { id: 'signals', label: 'Signals', means: 'Points of each signal, its cap, and its own decay where it has one.' },
  { id: 'conditions', label: 'Conditions', means: 'Points for what is not an event: inactivity, an ending trial.' },
  { id: 'roles', label: 'Role factors', means: 'What the points of a person are multiplied by.' },
  { id: 'checklist', label: 'Checklist', means: 'Weight of each row, and the value from which it counts.' },
  { id: 'routing', label: 'Routing thresholds', means: 'The scores that routing rules ask for.' },
  { id: 'identity', label: 'Who is who', means: 'Which records are one person, one workspace, or of one account.' },
  { id: 'capacities', label: 'Capacity a week', means: 'How many new workspaces a channel can work in a week.' },
]

const STAGE_LABELS: Readonly<Record<string, string>> = { warm: 'Warm', pql: 'PQL', hot: 'Hot PQL' }

/** Shorter than elsewhere: beside a handle there is little room. */
const ROLE_LABELS: Readonly<Record<string, string>> = { manager: 'Manager' }

type Field = Readonly<{ label: string; means: string; also?: string }>

const FIELDS: Readonly<Record<string, Field>> = {
  points: { label: 'Points', means: 'For one occurrence, before cap, decay and role factor.', also: 'weight' },
  'cap.points': { label: 'Cap', means: 'The most points within one window of the cap.', also: 'limit' },
  'cap.days': { label: 'Cap, days', means: 'Length of the window of the cap.', also: 'limit' },
  cap: { label: 'Cap', means: 'The most points within a window of days.' },
  decayDays: {
    label: 'Decay, days',
    means: 'Days of the curve: the half-life, the time constant, or the days until nothing is left.',
    also: 'half-life time constant fade decays decayed',
  },
  curve: { label: 'Curve', means: 'How points fade with age.', also: 'decay half-life' },
  count: { label: 'Counts', means: 'Which occurrences earn points.' },
  bucket: { label: 'Bucket', means: 'The part of the score that the points go to.' },
  max: { label: 'Maximum', means: 'The most that the bucket adds to the score.', also: 'cap limit' },
  min: { label: 'Minimum', means: 'The most that the bucket takes off the score.', also: 'cap limit' },
  weight: { label: 'Weight', means: 'The points that the row adds where it counts.', also: 'points' },
  threshold: { label: 'From', means: 'The value from which it counts.' },
  scope: { label: 'Scope', means: 'Whether the bucket is of the representative person or of everybody.' },
  days: { label: 'Days', means: 'How long the condition looks back or ahead.' },
  capacity: { label: 'Capacity', means: 'Workspaces a week.' },
  '>=': { label: 'Score from', means: 'The rule holds from this score on.' },
  '>': { label: 'Score above', means: 'The rule holds above this score.' },
  '<': { label: 'Score below', means: 'The rule holds below this score.' },
  '<=': { label: 'Score up to', means: 'The rule holds up to this score.' },
}

const CHOICES: Readonly<Record<string, string>> = {
  time_constant: 'Time constant',
  half_life: 'Half-life',
  linear: 'Linear',
  none: 'No decay',
  each: 'Every event',
  daily: 'Each day',
  first: 'The first day',
  latest: 'The last day',
  person: 'One person',
  unit: 'Everybody',
}

/** What a place in a scenario is about. */
type Place = Readonly<{ group: string; subject: string; field: string }>

/** Read from the path: `model`, `signals`, `login`, `cap`, `points`. */
export function placeOfPath(path: readonly string[]): Place {
  const [group = '', subject = '', ...field] = path[0] === 'model' ? path.slice(1) : path
  return { group, subject, field: field.join('.') }
}

export function subjectOf({ group, subject }: Omit<Place, 'field'>): string {
  if (group === 'buckets') return bucketOf(subject).label
  if (group === 'stages') return STAGE_LABELS[subject] ?? words(subject)
  if (group === 'roles') return ROLE_LABELS[subject] ?? roleOf(subject).label
  if (group === 'capacities') return channelOf(subject).label
  if (group === 'identity') return subject === 'threshold' ? 'Joined from' : 'Who is who'
  return group === 'routing' ? `Rule ${subject}` : words(subject)
}

export function fieldOf(field: string): Field {
  return FIELDS[field] ?? { label: words(field), means: '' }
}

/** One line for a parameter: `Intent, decay`; its subject alone where it has no other field. */
export function titleOf(path: readonly string[]): string {
  const place = placeOfPath(path)
  const subject = subjectOf(place)
  if (place.group === 'stages') return `${subject} threshold`
  if (place.group === 'roles') return `${subject}, role factor`
  if (place.group === 'capacities') return `${subject}, capacity`
  if (place.group === 'identity') return place.subject === 'threshold' ? 'Records are joined from' : subject
  return place.field === '' ? subject : `${subject}, ${inSentence(fieldOf(place.field).label)}`
}

const SUFFIX: Readonly<Record<string, string>> = {
  points: '',
  days: ' d',
  bits: ' bits',
  value: '',
  factor: '',
  score: '',
  'units a week': ' a week',
}

/** A value of a parameter in words, with its unit. */
export function valueText(value: ParameterValue, unit: Parameter['unit']): string {
  if (value === null) return 'none'
  if (typeof value === 'string') return CHOICES[value] ?? words(value)
  return `${unit === 'factor' ? '×' : ''}${decimal(value)}${SUFFIX[unit ?? ''] ?? ''}`
}

/** The unit that goes with a path, where only the path is known. */
export function unitOfPath(path: readonly string[]): Parameter['unit'] {
  const { group, field } = placeOfPath(path)
  if (group === 'roles') return 'factor'
  if (group === 'capacities') return 'units a week'
  if (group === 'identity') return 'bits'
  return field === 'days' || field === 'decayDays' || field === 'cap.days' ? 'days' : 'points'
}

/** `7 d → 14 d` */
export function changeText(from: ParameterValue, to: ParameterValue, unit: Parameter['unit']): string {
  const [before, after] = [from, to].map(value => (value === null ? NONE : valueText(value, unit)))
  return `${before} → ${after}`
}

/** Whether a parameter is meant by what was typed: every word of it occurs in its words. */
export function isMeant(parameter: Parameter, search: string, ruleTitle = ''): boolean {
  const group = GROUPS.find(({ id }) => id === parameter.group)?.label ?? ''
  const { label, also = '' } = fieldOf(parameter.field)
  const text = `${group} ${subjectOf(parameter)} ${parameter.subject} ${label} ${also} ${ruleTitle}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
