import { bitsText } from '#lib/num'
import { wordsOf } from './queue.ts'
import type { EvidenceLine, Room, Weighed } from './room.ts'

type Comparison = ReturnType<Room['desk']['found']['joined']['details']>['scorer']['comparisons'][number]
type Kind = 'conflicts' | 'guesses' | 'supports'

const LEAST_GROUP_BITS = 2
const AUTO_WITHOUT_IDENTIFIER_BITS = 10

/**
 * Why a pair of users is held below joining, by what its own lines say; null where nothing holds it.
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function heldWords(
  { desk }: Pick<Room, 'desk'>,
  { lines, bits }: Pick<Weighed, 'lines' | 'bits'>,
): string | null {
  const held = lines.find(({ kind }) => kind === 'held')
  if (held === undefined || bits === null) return null
  const { comparisons } = desk.found.joined.details().scorer
  const evidence = lines.filter(({ kind }) => kind === 'evidence')
  const those = (kind: Kind): readonly EvidenceLine[] =>
    evidence.filter(({ comparison, level }) =>
      comparisons.some(one => one.name === comparison && hasLevel(one, kind, level)),
    )
  const why =
    contradicted(those('conflicts')) ??
    BY_LEVEL.find(([start]) => held.level.startsWith(start))?.[1](evidence, lines) ??
    guessed([...those('guesses'), ...those('supports')].filter(line => line.bits > 0))
  return `Held at ${bitsText(bits)}: ${why}.`
}

type Say = (evidence: readonly EvidenceLine[], lines: readonly EvidenceLine[]) => string

/** What the engine says for itself, by how it begins. */
const BY_LEVEL: readonly (readonly [start: string, say: Say])[] = [
  ['no identifier', withoutIdentifier],
  [
    'it has no full name',
    () => 'one of the two has no full name, and shares what identifies with people of other given names, too',
  ],
]

function hasLevel({ levels, ...bitsOf }: Comparison, kind: Kind, level: string): boolean {
  return (((bitsOf[kind] ?? 0) >>> levels.indexOf(level)) & 1) === 1
}

function contradicted(lines: readonly EvidenceLine[]): string | null {
  if (lines.length === 0) return null
  return `${listed(lines)} ${lines.length === 1 ? 'contradicts' : 'contradict'}, whatever else agrees`
}

function guessed(lines: readonly EvidenceLine[]): string {
  if (lines.length === 0) return 'all that agrees is what people of one household or office have in common'
  const isOne = lines.length === 1
  return `${listed(lines)} ${isOne ? 'fits' : 'fit'} relatives and colleagues as well, and the rest alone is not enough`
}

/** Where nothing that identifies agrees: both conditions, and how far they are met. */
function withoutIdentifier(evidence: readonly EvidenceLine[], lines: readonly EvidenceLine[]): string {
  const strong = evidence.filter(({ bits }) => bits >= LEAST_GROUP_BITS)
  const total = lines.reduce((sum, { kind, bits }) => (kind === 'held' ? sum : sum + bits), 0)
  return (
    'no mailbox, phone, SSO subject or contact agrees; without one it takes three comparisons of ' +
    `${bitsText(LEAST_GROUP_BITS)} bits or more (here ${strong.length}) and ` +
    `${bitsText(AUTO_WITHOUT_IDENTIFIER_BITS)} bits in all (here ${bitsText(total)})`
  )
}

function listed(lines: readonly EvidenceLine[]): string {
  return lines.map(line => `“${wordsOf({ ...line, value: '' })}”`).join(' and ')
}
