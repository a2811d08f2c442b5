import type { Client, Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { type Candidate, DECIDED_AT, fakeCandidates, fakeCard, THRESHOLDS } from './fake-candidates.ts'
import { clusterHandlers } from './fake-clusters.ts'
import { identityRuleHandlers } from './fake-identity-rules.ts'

type IdentityCalls = Pick<
  Client,
  | 'identity.overview'
  | Extract<keyof Client, `review.${string}`>
  | 'identity.clusters'
  | 'identity.cluster'
  | 'identity.thresholds'
  | 'identity.moves'
  | 'identity.why'
  | 'identity.export'
  | `identity.${'rules' | 'setRules' | 'domains' | 'setDomain' | 'labels' | 'label'}`
>
type Entry = Output<'review.history'>['entries'][number]
type Kept = Readonly<{ pair: Candidate['pair']; before: Candidate }>

/** What the engine knows of one project: candidates, answers, and the way back. */
type Ground = { candidates: Candidate[]; entries: Entry[]; done: Kept[][]; undone: Kept[][]; version: number }

const idOf = ({ question, a, b }: Candidate['pair']): string => `${question} ${a} ${b}`

/** Identity as it is after an import, answering from memory. An answer about `u_1007` is refused. */
export function identityHandlers(hasContradictions = false): IdentityCalls {
  const ground: Ground = { candidates: fakeCandidates(), entries: [], done: [], undone: [], version: 1 }
  return {
    'identity.overview': async () => overviewOf(ground, hasContradictions),
    'review.queue': async input => queueOf(ground, input),
    'review.card': async ({ pair }) => fakeCard(candidateOf(ground, pair), stateOf(ground)),
    'review.impact': async ({ pair }) => ({
      state: stateOf(ground),
      impact: fakeCard(candidateOf(ground, pair), stateOf(ground)).impact,
    }),
    'review.decide': async input => decide(ground, input),
    'review.settle': async () => ({
      ...{ state: stateOf(ground), kept: 0, followed: 0, contradictions: [] },
      ...{ counts: countsOf(ground), steps: stepsOf(ground) },
    }),
    'review.undo': async () => step(ground, 'undo'),
    'review.redo': async () => step(ground, 'redo'),
    'review.history': async ({ offset = 0, limit = 100 }) => ({
      total: ground.entries.length,
      entries: ground.entries.slice(offset, offset + limit),
      steps: stepsOf(ground),
    }),
    'review.load': async () => ({ rows: 0, kept: 0, contradictions: [], broken: [], steps: stepsOf(ground) }),
    ...identityRuleHandlers(),
    'identity.export': async () => ({
      folder: '/out',
      files: [],
      counts: countsOf(ground),
      ties: { total: 0, sentences: [] },
    }),
    ...clusterHandlers(() => stateOf(ground)),
  }
}

const stateOf = ({ version }: Ground): string => `state ${version}`
const stepsOf = ({ done, undone }: Ground): Output<'review.decide'>['steps'] => ({
  canUndo: done.length > 0,
  canRedo: undone.length > 0,
})

function candidateOf({ candidates }: Ground, pair: Candidate['pair']): Candidate {
  const found = candidates.find(candidate => idOf(candidate.pair) === idOf(pair))
  if (found === undefined) throw new AppError('contract/bad-input', `no record ${pair.a} or ${pair.b}`)
  return found
}

function countsOf({ candidates }: Ground): Output<'identity.overview'>['counts'] {
  return (['persons', 'workspaces', 'accounts', 'signups'] as const).map(question => {
    const own = candidates.filter(({ pair }) => pair.question === question)
    const of = (band: Candidate['band']): number => own.filter(candidate => candidate.band === band).length
    const auto = question === 'persons' ? 1204 : 0
    const rest = { review: of('review'), watch: of('watch'), ambiguous: of('ambiguous') }
    return { question, auto, ...rest, decided: of('decided'), reconfirm: of('reconfirm'), following: 0, ties: 0 }
  })
}

function overviewOf(ground: Ground, hasContradictions: boolean) {
  const path: Output<'identity.overview'>['contradictions'][number]['path'] = [
    { a: 'u_1003', b: 'u_5003', names: ['Ana Silva', 'A. Silva'], by: 'must_link', decisionNo: 12, bits: null },
    { a: 'u_5003', b: 'u_1999', names: ['A. Silva', 'Ana S.'], by: 'evidence', decisionNo: null, bits: 8.25 },
    { a: 'u_1999', b: 'u_1003', names: ['Ana S.', 'Ana Silva'], by: 'cannot_link', decisionNo: 15, bits: null },
  ]
  const pair = { question: 'persons' as const, a: 'u_1003', b: 'u_5003' }
  return {
    state: stateOf(ground),
    counts: countsOf(ground),
    thresholds: THRESHOLDS,
    records: { users: 5200, workspaces: 610, accounts: 545 },
    persons: 3871,
    personsWithoutRecord: 0,
    mergedUsers: 2408,
    mergedPersons: 1130,
    compared: 18_233,
    blocks: [
      { kind: 'email', blocks: 4100, records: 5012, largest: 3, pairsLeftOut: 0 },
      { kind: 'last name and domain', blocks: 950, records: 2210, largest: 240, pairsLeftOut: 9120 },
    ],
    refusedValues: [
      {
        kind: 'email',
        value: 'info@tarnbrook.com',
        records: 40,
        reason: 'A shared inbox is nobody in particular',
        bits: null,
      },
      { kind: 'phone', value: '+1 800 555 0100', records: 61, reason: 'More than 25 records share it', bits: null },
    ],
    refusedValuesTotal: 2,
    contradictions: hasContradictions ? [{ pair, sentence: 'Answer 12 joins what answer 15 keeps apart.', path }] : [],
    steps: stepsOf(ground),
    firstBin: -12,
    columns: {
      histogram: Uint32Array.from({ length: 34 }, (_, bin) =>
        Math.round(900 * Math.exp(-((bin - 3) ** 2) / 18) + 260 * Math.exp(-((bin - 24) ** 2) / 14) + (bin % 3) * 4),
      ),
    },
  }
}

function queueOf(ground: Ground, input: Input<'review.queue'>): Output<'review.queue'> {
  const { question, bands = ['review', 'ambiguous', 'reconfirm'], search = '', offset = 0, limit = 100, sort } = input
  const text = search.toLowerCase()
  const found = ground.candidates.filter(
    ({ pair, band, left, right }) =>
      pair.question === question &&
      bands.includes(band) &&
      `${left.title} ${left.subtitle} ${right?.title} ${right?.subtitle}`.toLowerCase().includes(text),
  )
  const sorted = found.toSorted(
    (a, b) =>
      Number(a.isSkipped) - Number(b.isSkipped) ||
      (sort === 'bits' ? (b.bits ?? 0) - (a.bits ?? 0) : 0) ||
      (idOf(a.pair) < idOf(b.pair) ? -1 : 1),
  )
  return {
    state: stateOf(ground),
    little: 0,
    following: 0,
    ties: { total: 0, shown: null },
    matching: sorted.length,
    candidates: sorted.slice(offset, offset + limit),
  }
}

function decide(ground: Ground, { answers, dryRun = false }: Input<'review.decide'>): Output<'review.decide'> {
  const refused = answers.filter(({ pair }) => pair.a === 'u_1007')
  const fine = answers.filter(({ pair }) => pair.a !== 'u_1007')
  if (!dryRun && fine.length > 0) keep(ground, fine)
  return {
    state: stateOf(ground),
    decisionNos: answers.map(answer => (refused.includes(answer) ? null : ground.entries.length)),
    kept: fine.length,
    contradictions: refused.map(({ pair }) => ({
      pair,
      sentence: `Answer 3 keeps ${pair.a} and ${pair.b} apart.`,
      path: [{ a: pair.a, b: pair.b, names: ['Hanna', 'Ivo'], by: 'cannot_link' as const, decisionNo: 3, bits: null }],
    })),
    samples: answers.slice(0, 5).map(({ pair }) => candidateOf(ground, pair)),
    counts: countsOf(ground),
    steps: stepsOf(ground),
  }
}

function keep(ground: Ground, answers: Input<'review.decide'>['answers']): void {
  ground.version += 1
  ground.undone = []
  ground.done.push(answers.map(({ pair }) => ({ pair, before: candidateOf(ground, pair) })))
  for (const { pair, answer, relation, note } of answers) {
    const decisionNo = ground.entries.length + 1
    const decision = { decisionNo, answer, relation: relation ?? null, note: note ?? null, decidedAt: DECIDED_AT }
    put(ground, pair, candidate =>
      answer === 'skip' ? { ...candidate, isSkipped: true } : { ...candidate, band: 'decided', decision },
    )
    ground.entries.unshift({
      decisionNo,
      kind: answer === 'same' ? 'must_link' : answer === 'different' ? 'cannot_link' : 'skip',
      sentence: `${pair.a} and ${pair.b} are ${answer === 'same' ? 'one' : answer === 'different' ? 'two' : 'for later'}`,
      pair,
      note: note ?? null,
      reverts: null,
      isInForce: true,
      decidedAt: DECIDED_AT,
    })
  }
}

function put(ground: Ground, pair: Candidate['pair'], next: (candidate: Candidate) => Candidate): void {
  ground.candidates = ground.candidates.map(known => (idOf(known.pair) === idOf(pair) ? next(known) : known))
}

function step(ground: Ground, kind: 'undo' | 'redo'): Output<'review.undo'> {
  const [from, to] = kind === 'undo' ? [ground.done, ground.undone] : [ground.undone, ground.done]
  const taken = from.pop() ?? []
  ground.version += 1
  to.push(taken.map(({ pair }) => ({ pair, before: candidateOf(ground, pair) })))
  for (const { pair, before } of taken) put(ground, pair, () => before)
  const entries = taken.map(
    ({ pair }, i): Entry => ({
      decisionNo: ground.entries.length + 1 + i,
      kind,
      sentence: `${kind === 'undo' ? 'Taken back' : 'Taken up again'}: ${pair.a} and ${pair.b}`,
      pair,
      note: null,
      reverts: 1,
      isInForce: true,
      decidedAt: DECIDED_AT,
    }),
  )
  ground.entries.unshift(...entries)
  return { state: stateOf(ground), entries, counts: countsOf(ground), steps: stepsOf(ground) }
}
