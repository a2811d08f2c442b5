import { type Constraints, DEFAULT_CONSTRAINTS } from '../../core/identity/cluster/constraints.ts'
import { createEdgeList, type Edges } from '../../core/identity/cluster/edges.ts'
import { seededRandom } from '../../core/lib/random.ts'

const EDGES = 1_000_000
const GROUP = 5
const PROVIDERS = 200
const SHARE_BETWEEN = 0.02
const SHARE_WITH_SUBJECT = 0.4
const SHARE_WITH_OTHER_SUBJECT = 0.02
const SHARE_WITH_DEVICE = 0.3
const ANSWERS = 200

/** A million edges as tables have them: within small groups, one in fifty between two of them. */
export function madeEdges(records: number): Edges {
  const random = seededRandom(11)
  const list = createEdgeList()
  for (let made = 0; made < EDGES; ) {
    const group = Math.floor(random() * (records / GROUP)) * GROUP
    const a = group + Math.floor(random() * GROUP)
    const b = random() < SHARE_BETWEEN ? Math.floor(random() * records) : group + Math.floor(random() * GROUP)
    if (a === b) continue
    list.push(a, b, Math.floor(random() * 300) - 48)
    made++
  }
  return list.edges()
}

/** What clusters of users respect: SSO subjects of 200 providers, mailboxes, devices, and 200 answers of each kind. */
export function madeConstraints(records: number): Constraints {
  const random = seededRandom(13)
  const below = (most: number): number => Math.floor(random() * most)
  const codes = (code: (group: number) => number): Uint32Array =>
    Uint32Array.from({ length: records }, (_, record) => code(Math.floor(record / GROUP)))
  const answers = (): (readonly [number, number])[] =>
    Array.from({ length: ANSWERS }, () => below(records / GROUP) * GROUP).map(first => [
      first,
      first + 1 + below(GROUP - 1),
    ])
  const subject = (group: number): number => (random() < SHARE_WITH_OTHER_SUBJECT ? 2 * group + 2 : 2 * group + 1)
  return {
    ...DEFAULT_CONSTRAINTS,
    mustLinks: answers(),
    cannotLinks: answers(),
    scoped: {
      scopes: codes(group => 1 + (group % PROVIDERS)),
      codes: codes(group => (random() < SHARE_WITH_SUBJECT ? subject(group) : 0)),
    },
    limits: [
      { scope: 'email', codes: codes(group => 1 + group * GROUP + below(GROUP)), most: 5 },
      { scope: 'device', codes: codes(group => (random() < SHARE_WITH_DEVICE ? 1 + group : 0)), most: 20 },
    ],
  }
}
