import type { Band, Question, Thresholds } from '../../state/identity-overview.ts'
import type { Relation } from '../../state/review-card.ts'
import type { Candidate, QueueView } from '../../state/review-queue.ts'
import { bits, dateTime, likelihood } from '../../ui/format.ts'

/** What evidence in bits is, wherever the word stands. */
export const BITS_MEAN =
  'Evidence is counted in bits: each bit doubles the odds. 0 is a coin, +3 is about 89 %, +7 is about 99 %; below 0 speaks against.'

type QuestionWords = Readonly<{ label: string; asks: string; yes: string; no: string; nothing: string }>

export const QUESTION_WORDS: Readonly<Record<Question, QuestionWords>> = {
  persons: {
    label: 'People',
    asks: 'Are these two user records one person?',
    yes: 'Same person',
    no: 'Different people',
    nothing: 'No two user records look like one person and are still open.',
  },
  workspaces: {
    label: 'Workspaces',
    asks: 'Do these two workspaces belong together, and how?',
    yes: 'Belong together',
    no: 'Unrelated',
    nothing: 'No two workspaces look like one organisation and are still open.',
  },
  companies: {
    label: 'Companies',
    asks: 'Are this account and this billing record one company?',
    yes: 'Same company',
    no: 'Two companies',
    nothing: 'No billing record looks like an account and is still open.',
  },
  accounts: {
    label: 'Accounts',
    asks: 'Does this workspace belong to this account?',
    yes: 'Its account',
    no: 'Not its account',
    nothing: 'No workspace waits for its account.',
  },
  signups: {
    label: 'Sign-ups',
    asks: 'Does this new user belong to this account?',
    yes: 'Its account',
    no: 'Not its account',
    nothing: 'No new user waits for an account.',
  },
}

export const RELATION_WORDS: Readonly<Record<Relation, string>> = {
  merge: 'Merge into one',
  group: 'Group under one account',
  'environment-of': 'Environment of it',
  'agency-of': 'Agency of it',
  unrelated: 'Unrelated',
}

type BandWords = Readonly<{ label: string; means: string; color: string }>

export const BAND_WORDS: Readonly<Record<Band, BandWords>> = {
  auto: { label: 'Joined', means: 'Enough evidence to join without asking.', color: 'var(--good)' },
  review: { label: 'To answer', means: 'Likely, but not enough to join without asking.', color: 'var(--warn)' },
  watch: { label: 'Weak', means: 'Some evidence, less than even odds.', color: 'var(--ink-3)' },
  ambiguous: {
    label: 'Ambiguous',
    means: 'Several accounts fit about as well; none is assigned.',
    color: 'var(--bucket-fit)',
  },
  decided: { label: 'Answered', means: 'Somebody answered; the answer holds.', color: 'var(--accent)' },
  reconfirm: {
    label: 'Confirm again',
    means: 'Somebody answered, and the evidence has changed since. The answer still holds.',
    color: 'var(--bad)',
  },
}

export const VIEW_WORDS: Readonly<Record<QueueView, string>> = {
  open: 'To answer',
  reconfirm: 'To confirm again',
  auto: 'Joined',
  watch: 'Weak',
  decided: 'Answered',
}

/** What brings records together to be compared, where its short name says too little. */
const SHARED_WORDS: Readonly<Record<string, string>> = {
  'canonical email': 'mailbox',
  'loose email': 'mailbox but for dots and tags',
  handle: 'part before the @',
  'sounds of both names': 'names that sound alike',
}

export const sharedWords = (key: string): string => SHARED_WORDS[key] ?? key

/** How the two sides stand in a sentence: `Ana Silva and A. Silva`. */
export function namesOf({ left, right }: Candidate): string {
  return right === null ? left.title : `${left.title} and ${right.title}`
}

type Asked = Readonly<{
  candidate: Pick<Candidate, 'band' | 'bits' | 'pair'>
  thresholds: Thresholds
  /** Other accounts it could be. */
  rivals: readonly Readonly<{ bits: number | null; band: Band }>[]
  waterfall: readonly Readonly<{ kind: string }>[]
}>

/** How far a candidate is from joining without asking; of several accounts what keeps one from being assigned. */
export function standingWords({
  candidate: { band, bits: value, pair },
  thresholds,
  rivals,
  waterfall,
}: Asked): string {
  if (value === null) return ''
  // Then so many more bits would not be enough; the card says what would.
  if (value < thresholds.auto && value >= thresholds.review && waterfall.some(({ kind }) => kind === 'prior'))
    return 'asked because nothing that identifies agrees'
  const open = rivals.filter(rival => rival.band === 'ambiguous').map(rival => rival.bits ?? 0)
  if (band !== 'ambiguous') return distanceWords(pair.question, value, thresholds)
  if (open.length === 0) return ''
  const best = Math.max(...open)
  const alike = open.filter(own => own === best).length
  if (best === value) return `asked because ${alike === 1 ? 'two' : alike + 1} accounts fit equally`
  const apart = bits(Math.abs(value - best)).replace('+', '')
  return `asked because another account is ${best < value ? `only ${apart} behind` : `${apart} ahead`}`
}

/** How much is missing to, or spare of, joining without asking. */
function distanceWords(question: Question, value: number, { auto, review }: Thresholds): string {
  const doing = question === 'persons' || question === 'workspaces' ? 'joining' : 'assigning'
  if (value < review) return `${bits(review - value).slice(1)} short of being proposed`
  if (value < auto) return `${bits(auto - value).slice(1)} short of ${doing} without asking`
  // two workspaces are never merged without asking, however strong the evidence
  return question === 'workspaces' ? '' : `${bits(value - auto).replace('+', '')} above ${doing} without asking`
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** A value as the record has it; instants so that they can be read. */
export function fieldText(value: string | null): string | null {
  const at = value !== null && INSTANT.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? value : dateTime(at)
}

/** `about 97 % likely`, or what stands in its place where nothing was weighed. */
export function likelihoodWords(value: number | null): string {
  if (value === null) return 'not weighed'
  const text = likelihood(value)
  if (text.startsWith('>')) return `more than ${text.slice(1)} likely`
  return text.startsWith('<') ? `less than ${text.slice(1)} likely` : `about ${text} likely`
}
