import type { Client, Output } from '#contract/contract'
import { THRESHOLDS } from './fake-candidates.ts'

type Clusters = Pick<
  Client,
  | 'identity.clusters'
  | 'identity.cluster'
  | 'identity.thresholds'
  | 'identity.moves'
  | 'identity.why'
  | `identity.${'person' | 'pin' | 'split' | 'find'}`
>
type Figures = Output<'identity.thresholds'>['figures'][number]

const LADDER: Output<'identity.person'>['ladder'] = [
  { step: 'signed_up', at: 1_760_000_000_000, dating: 'at', userId: 'u_0', evidence: 'record of user u_0' },
  {
    step: 'sso',
    at: 1_770_000_000_000,
    dating: 'not_before',
    userId: 'u_1',
    evidence: 'SSO subject of okta on the record of user u_1',
  },
]

const member = (n: number): Readonly<{ key: string; title: string; subtitle: string }> => ({
  key: `u_${n}`,
  title: ['Ana Silva', 'A. Silva', 'Ana M. Silva', 'asilva', 'Silva, Ana'][n % 5] ?? '',
  subtitle: `ana${n}@tarnbrook.com`,
})

/** Falls in even steps: more is joined, and more refused, the lower the cut. */
function figuresAt(bits: number): Figures {
  const steps = Math.round((22 - bits) * 4)
  return {
    bits,
    clusters: 4700 - Math.round(steps * 4.5),
    mergedRecords: 900 + steps * 25,
    largest: 4 + Math.floor(steps / 6),
    refused: Math.max(0, steps - 40) * 3,
  }
}

/** Clusters that follow from a chain of a given length: enough for graphs, tables and handles. */
/** A person of three records that say two names; what is pinned holds. */
function personHandlers(
  stateOf: () => string,
): Pick<Client, `identity.${'person' | 'pin' | 'sources' | 'setSources' | 'split' | 'find'}`> {
  const records = [0, 1, 2].map(n => ({ ...member(n), object: 'user' as const }))
  const holder = (n: number) => ({ object: 'user' as const, key: `u_${n}`, file: 'users.csv', line: n + 2 })
  let pinned: string | null = null
  let sources: ('user' | 'contact')[] = ['user', 'contact']
  let apart: readonly string[] = []
  let entries = 0
  const steps = (): Readonly<{ canUndo: boolean; canRedo: boolean }> => ({ canUndo: entries > 0, canRedo: false })
  return {
    'identity.person': async ({ id }) => ({
      state: stateOf(),
      personId: id,
      led: null,
      users: records.filter(({ key }) => !apart.includes(key)),
      contacts: [{ key: 'c_1', title: 'Ana Silva', subtitle: 'ana@tarnbrook.com' }],
      sources,
      ladder: LADDER,
      formerIds: [{ id: 'u_900', endedAt: 1_780_000_000_000 }],
      fields: [
        pinned === 'A. Silva'
          ? {
              field: 'name',
              value: 'A. Silva',
              reason: 'pinned',
              records: [holder(1)],
              others: [{ value: 'Ana Silva', lostBy: 'pinned', records: [holder(0), holder(2)] }],
            }
          : {
              field: 'name',
              value: 'Ana Silva',
              reason: 'frequent',
              records: [holder(0), holder(2)],
              others: [{ value: 'A. Silva', lostBy: 'frequent', records: [holder(1)] }],
            },
        { field: 'job_title', value: 'Analyst', reason: null, records: [holder(0)], others: [] },
      ],
    }),
    'identity.pin': async ({ value }) => {
      pinned = value
      entries++
      return { decisionNo: entries, steps: steps() }
    },
    'identity.sources': async () => ({ order: sources }),
    'identity.setSources': async ({ order }) => {
      sources = order.includes('contact') && order[0] === 'contact' ? ['contact', 'user'] : ['user', 'contact']
      entries++
      return { order: sources, isNew: true }
    },
    'identity.split': async ({ users }) => {
      apart = users
      entries++
      return { decisionNo: entries, contradictions: [], steps: steps() }
    },
    'identity.find': async ({ text }) => {
      const found = records.filter(({ key, title, subtitle }) =>
        `${key} ${title} ${subtitle}`.toLowerCase().includes(text.toLowerCase()),
      )
      return { matching: found.length, found }
    },
  }
}

export function clusterHandlers(stateOf: () => string): Clusters {
  return {
    ...personHandlers(stateOf),
    'identity.clusters': async ({ bits = THRESHOLDS.auto, offset = 0, limit = 100, search = '' }) => {
      const all = Array.from({ length: 140 }, (_, i) => ({
        clusterId: `u_${i * 10}`,
        size: Math.max(2, 24 - Math.floor(i / 4)),
        weakest: i % 9 === 2 ? null : 7 + (i % 13) / 2,
        refused: i % 4,
        members: Array.from({ length: Math.min(5, Math.max(2, 24 - Math.floor(i / 4))) }, (_unused, n) =>
          member(i * 10 + n),
        ),
      }))
      const found = all.filter(({ clusterId }) => clusterId.includes(search))
      return {
        state: stateOf(),
        bits,
        clusters: 140,
        matching: found.length,
        page: found.slice(offset, offset + limit),
      }
    },
    'identity.cluster': async ({ key, bits = THRESHOLDS.auto }) => ({ state: stateOf(), bits, ...graphOf(key, bits) }),
    'identity.thresholds': async () => ({
      state: stateOf(),
      thresholds: THRESHOLDS,
      records: 5200,
      answered: {
        same: [9.5, 3],
        different: [1, null],
        bCubed: [
          { bits: null, precision: 1, recall: 0.5 },
          { bits: 9.5, precision: 1, recall: 0.75 },
        ],
      },
      figures: Array.from({ length: 101 }, (_, i) => figuresAt(22 - i / 4)),
    }),
    'identity.moves': async ({ from, to, limit = 50 }) => {
      const total = Math.round(Math.abs(from - to) * 18)
      return {
        state: stateOf(),
        direction: from === to ? 'none' : to < from ? 'join' : 'apart',
        total,
        moves: Array.from({ length: Math.min(limit, total) }, (_, i) => ({
          bits: Math.max(from, to) - (Math.abs(from - to) * i) / Math.max(1, total),
          left: { size: 1 + (i % 3), members: [member(i)] },
          right: { size: 1, members: [member(i + 7)] },
        })),
        before: figuresAt(from),
        after: figuresAt(to),
      }
    },
    'identity.why': async ({ question, a, b }) => ({
      state: stateOf(),
      pair: { question: question ?? 'persons', a, b },
      isOne: false,
      led: [],
      sentence: `${a} and ${b} are not one: the strongest chain between them is refused, because both have an SSO subject.`,
      compared: true,
      sharedKeys: ['last name and corporate domain', 'long local part'],
      bits: 3.5,
      waterfall: [
        { kind: 'prior', comparison: 'prior', level: '', value: '', bits: -15 },
        { kind: 'evidence', comparison: 'name', level: 'full name', value: 'Ana Silva', bits: 18.5 },
      ],
      thresholds: THRESHOLDS,
      path: [
        { a, b: 'u_7', names: ['Ana Silva', 'A. Silva'], by: 'evidence', decisionNo: null, bits: 9.25 },
        { a: 'u_7', b, names: ['A. Silva', 'Bruno Petrov'], by: 'evidence', decisionNo: null, bits: 3.5 },
      ],
      refusals: [{ a: 'u_7', b, reason: 'unique_id', sentence: 'Both have an SSO subject of one provider.' }],
      words: ['"bert" is one of the nicknames.'],
      cheapestFlip: 'Without the second SSO subject they would be one at +3.5.',
    }),
  }
}

function graphOf(
  key: string,
  bits: number,
): Pick<Output<'identity.cluster'>, 'clusterId' | 'nodes' | 'edges' | 'leftOut'> {
  const size = 14
  const nodes = Array.from({ length: size }, (_, n) => ({ ...member(n), cluster: n < 11 ? 0 : n - 10 }))
  const joins = Array.from({ length: 10 }, (_, n) => ({
    a: n + 1,
    b: n < 5 ? 0 : n === 5 ? 1 : 6,
    bits: 7.5 + n,
    isBridge: n === 5,
    isDecided: n === 2,
    refused: null,
    strongest: 'Canonical email equal',
  }))
  const refused = [11, 12, 13].map(n => ({
    a: n,
    b: n - 9,
    bits: bits - 0.5 + n / 10,
    isBridge: false,
    isDecided: false,
    refused: n === 11 ? ('unique_id' as const) : ('weak_bridge' as const),
    strongest: 'Full name equal',
  }))
  return { clusterId: key, nodes, edges: [...joins, ...refused], leftOut: { nodes: 0, edges: 0 } }
}
