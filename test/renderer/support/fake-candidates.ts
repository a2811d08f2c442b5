import type { Output } from '#contract/contract'
import { AS_OF } from './fake-row.ts'

export type Card = Output<'review.card'>
export type Candidate = Card['candidate']
type Question = Candidate['pair']['question']

export const THRESHOLDS = { auto: 7, review: 0, watch: -3 }
const FIRST = ['Ana', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farah', 'Gustav', 'Hanna', 'Ivo', 'Jelena']
const LAST = ['Silva', 'Okafor', 'Marchetti', 'Petrov', 'Yildiz', 'Haddad', 'Lindqvist', 'Novak', 'Castell', 'Ilic']
const FIRMS = ['Tarnbrook', 'Velmora', 'Lindgate', 'Quillon', 'Ostrava Foods', 'Pellworth', 'Norvane', 'Castamere']
const NUMBERS: Readonly<Record<Question, number>> = {
  persons: 240,
  workspaces: 12,
  companies: 3,
  accounts: 9,
  signups: 16,
}

const at = <T>(values: readonly T[], place: number): T => values[place % values.length] as T

/** Small and made up, but of the kinds that come up: free-mail twins, sandboxes, two accounts of one domain. */
export function fakeCandidates(): Candidate[] {
  return (Object.keys(NUMBERS) as Question[]).flatMap(question =>
    Array.from({ length: NUMBERS[question] }, (_, i) => candidateOf(question, i)),
  )
}

function candidateOf(question: Question, i: number): Candidate {
  const bits = Math.round((6.7 - (i % 37) * 0.18 - Math.floor(i / 37) * 0.05) * 16) / 16
  const isAmbiguous = question === 'accounts' && i % 3 === 1
  const [left, right] = SIDES[question](i)
  return {
    pair: { question, a: left.key, b: right?.key ?? '' },
    band: isAmbiguous ? 'ambiguous' : i % 23 === 5 ? 'reconfirm' : 'review',
    bits,
    left,
    right,
    relation: question === 'workspaces' ? at(['group', 'environment-of', 'merge', 'agency-of'] as const, i) : null,
    strongest: at(STRONGEST[question], i),
    uncertainty: 1 - Math.abs(bits) / 10,
    effect: i % 4 === 3 ? null : 80 - (i % 50),
    isJudged: false,
    isHeld: i % 11 === 4,
    isSkipped: false,
    decision: null,
  }
}

type Sides = readonly [Candidate['left'], Candidate['right']]

const SIDES: Readonly<Record<Question, (i: number) => Sides>> = {
  persons: i => {
    const first = at(FIRST, i)
    const last = at(LAST, i * 3 + Math.floor(i / 10))
    const domain = `${at(FIRMS, i).toLowerCase().replace(' ', '')}.com`
    return [
      user(`u_${1000 + i}`, `${first} ${last}`, `${first}.${last}@${domain}`.toLowerCase()),
      user(`u_${5000 + i}`, `${first.charAt(0)}. ${last}`, `${first}${last}${i % 9}@gmail.com`.toLowerCase()),
    ]
  },
  workspaces: i => [
    { object: 'workspace', key: `ws_${10 + i}`, title: `${at(FIRMS, i)} Sandbox`, subtitle: '3 people, free' },
    { object: 'workspace', key: `ws_${40 + i}`, title: at(FIRMS, i), subtitle: '41 people, Team plan' },
  ],
  companies: i => [
    { object: 'account', key: `acc_${i}`, title: at(FIRMS, i), subtitle: `${at(FIRMS, i).toLowerCase()}.de` },
    { object: 'account', key: `cus_${i}`, title: `${at(FIRMS, i)} Europe`, subtitle: null },
  ],
  accounts: i => [
    { object: 'workspace', key: `ws_${70 + i}`, title: `${at(FIRMS, i)} Marketing`, subtitle: '12 people, trial' },
    { object: 'account', key: `acc_${i}`, title: `${at(FIRMS, i)} GmbH`, subtitle: `${at(FIRMS, i).toLowerCase()}.de` },
  ],
  signups: i => [
    user(`u_${8000 + i}`, `${at(FIRST, i + 4)} ${at(LAST, i)}`, `hello${i}@${at(FIRMS, i).toLowerCase()}.io`),
    i % 5 === 4 ? null : { object: 'account', key: `acc_${i}`, title: at(FIRMS, i), subtitle: 'strategic' },
  ],
}

const user = (key: string, title: string, subtitle: string): Candidate['left'] => ({
  object: 'user',
  key,
  title,
  subtitle,
})

const STRONGEST: Readonly<Record<Question, readonly string[]>> = {
  persons: ['Initial and last name fit, in one workspace', 'Full name equal, in one corporate domain', 'Same phone'],
  workspaces: ['5 of 6 people are in both', 'SSO domain equal'],
  companies: ['domain it is billed to'],
  accounts: ['Majority of people have its domain', 'Billing domain equal'],
  signups: ['Invited from a workspace of this account', 'Domain of exactly one account'],
}

const unit = (unitId: string, unitName: string, score: number): NonNullable<Card['impact']>['before'][number] => ({
  unitId,
  unitName,
  score,
  stage: score >= 80 ? 'Hot PQL' : score >= 65 ? 'PQL' : score >= 50 ? 'Warm' : 'Not PQL',
  destination: score >= 80 ? 'sdr' : score >= 60 ? 'lifecycle_email' : 'nurture',
  owner: null,
  workspaces: 1,
})

/** The card of a candidate; its bars add up to its bits. */
export function fakeCard(candidate: Candidate, state: string): Card {
  const { pair, bits, left, right } = candidate
  const evidence = [
    { comparison: 'name', level: 'initial and last name', value: left.title, bits: 9.25 },
    { comparison: 'membership', level: 'one workspace of 12', value: 'Tarnbrook', bits: 6.5 },
    { comparison: 'email', level: 'different', value: '', bits: -2.125 },
  ].map(line => ({ kind: 'evidence' as const, ...line }))
  const prior = (bits ?? 0) - evidence.reduce((sum, line) => sum + line.bits, 0)
  const isWorkspaces = pair.question === 'workspaces'
  return {
    state,
    candidate,
    sentence: `${candidate.strongest}; the addresses differ, and both are used in the same weeks.`,
    fields: [
      {
        name: 'name',
        left: left.title,
        right: right?.title ?? null,
        state: right === null ? 'left-only' : 'different',
      },
      { name: 'email', left: left.subtitle, right: right?.subtitle ?? null, state: 'different' },
      { name: 'company', left: 'Tarnbrook', right: 'tarnbrook', state: 'case' },
      { name: 'country', left: 'PT', right: 'PT', state: 'same' },
      { name: 'phone', left: '+351 21 555 0199', right: null, state: 'left-only' },
      { name: 'first seen', left: '2 Apr 2026', right: '19 May 2026', state: 'different' },
    ],
    places: {
      left: { file: 'users.csv', line: 412 },
      right: right === null ? null : { file: 'users.csv', line: 3188 },
    },
    waterfall: [{ kind: 'prior', comparison: 'prior', level: '', value: '', bits: prior }, ...evidence],
    thresholds: THRESHOLDS,
    guards: candidate.isHeld ? ['Held for review: the first names contradict each other.'] : [],
    cheapestFlip: 'An equal phone number would be enough to join them without asking.',
    relations: isWorkspaces ? relationsOf(candidate) : [],
    rivals:
      pair.question === 'accounts'
        ? [
            {
              pair: { ...pair, b: 'acc_77' },
              side: { object: 'account', key: 'acc_77', title: 'Tarnbrook Inc.', subtitle: 'tarnbrook.com' },
              bits: (bits ?? 0) - 0.5,
              band: 'ambiguous',
            },
          ]
        : [],
    composition:
      pair.question === 'accounts'
        ? {
            companies: [
              {
                domain: 'tarnbrook.com',
                persons: 7,
                account: { object: 'account', key: 'acc_77', title: 'Tarnbrook Inc.', subtitle: 'tarnbrook.com' },
                accounts: 1,
                isSecond: false,
              },
              {
                domain: 'halcyon.com',
                persons: 4,
                account: { object: 'account', key: 'acc_78', title: 'Halcyon', subtitle: 'halcyon.com' },
                accounts: 1,
                isSecond: true,
              },
              { domain: 'orvex.com', persons: 1, account: null, accounts: 3, isSecond: false },
            ],
            others: 2,
            pairs: [
              {
                account: { object: 'account', key: 'acc_77', title: 'Tarnbrook Inc.', subtitle: 'tarnbrook.com' },
                billing: { object: 'account', key: 'cus_77', title: 'Tarnbrook', subtitle: null },
                isOne: true,
                sentence: 'One company: tax id DE123456789.',
              },
            ],
            rivals: [
              {
                a: { object: 'account', key: '001A', title: 'Tarnbrook Group', subtitle: 'tarnbrook.com' },
                b: { object: 'account', key: 'acc_77', title: 'Tarnbrook Inc.', subtitle: 'tarnbrook.com' },
                sentence: 'Accounts of two sources (salesforce and hubspot): both state tarnbrook.com.',
              },
            ],
          }
        : null,
    impact:
      candidate.effect === null
        ? null
        : {
            sentence: '2 workspaces become 1 unit; score 61 → 82; lifecycle email → SDR.',
            before: [unit('ws_1', 'Tarnbrook', 61.2), unit('ws_2', 'Tarnbrook Sandbox', 34.5)],
            after: [{ ...unit('ws_1', 'Tarnbrook', 82.4), workspaces: 2 }],
          },
    impactToCome: null,
    handedOver:
      candidate.pair.question === 'persons'
        ? [{ field: 'primary_email', value: 'ana@fernhollow.com', reason: 'company', replaced: ['ana@gmail.com'] }]
        : [],
    history: candidate.decision === null ? [] : [candidate.decision],
  }
}

function relationsOf({ relation }: Candidate): Card['relations'] {
  return [
    {
      relation: 'merge',
      isProposed: relation === 'merge',
      sentence: 'One workspace kept twice: their events are scored together.',
    },
    {
      relation: 'group',
      isProposed: relation === 'group',
      sentence: 'Two teams of one customer: scored apart, one account.',
    },
    {
      relation: 'environment-of',
      isProposed: relation === 'environment-of',
      sentence: 'The left one is where the right one tries things; it is not routed.',
    },
    {
      relation: 'agency-of',
      isProposed: relation === 'agency-of',
      sentence: 'The left one works for the right one; people stay apart.',
    },
    { relation: 'unrelated', isProposed: false, sentence: 'Nothing joins them.' },
  ]
}

export const DECIDED_AT = AS_OF
