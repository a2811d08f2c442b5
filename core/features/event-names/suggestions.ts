import { jaroWinkler } from '#identity'
import { compareCodePoints } from '#lib/text'
import type { TaxonomyEntry } from '#schema/model'
import { areContrary, isGeneral, type NameWords, wordsOfName } from './name-words.ts'

/** A kind that a name resembles. `score` is in 0..1; `why` names the words that count. */
export type Likeness = Readonly<{ kind: string; like: string; score: number; why: string }>

/** The kinds that a name without one resembles, the likeliest first, at least one. */
export type Suggestion = Readonly<{ name: string; likenesses: readonly Likeness[] }>

/** Below it a name is not said to resemble a kind. */
export const LEAST_LIKENESS = 0.5
const MOST_LIKENESSES = 3
/** From it on two words of five letters or more are one, misspelt. */
const SAME_SPELLING = 0.92
const LONG_WORD = 5

type Candidate = Readonly<{ kind: string; text: string; words: NameWords }>
type Weights = (word: string) => number

/**
 * Kinds that names resemble, by the words they share.
 *
 *   score = 2 * weight of shared words / (weight of one's words + weight of the other's)
 *   weight(word) = 1 + ln(kinds / kinds with the word);  a word that no kind has weighs like one that one kind has
 *
 * Words that are spelt nearly alike (Jaro-Winkler 0.92) are shared by that share. Names that say the contrary of each other
 * are not alike, nor are those that share only words that say little (viewed, created, key, first), unless all of two or more are the same.
 * Each kind is compared by its own name and by its synonyms without a star; the best of them counts.
 *
 * @param names    event names without a kind
 * @param taxonomy entries in their order
 * @returns suggestions of LEAST_LIKENESS and more, in the order of the names; names that resemble nothing are left out
 *
 * Source: docs/methods/taxonomy.md, "Suggestions".
 */
export function suggestKinds(names: readonly string[], taxonomy: readonly TaxonomyEntry[]): readonly Suggestion[] {
  const candidates = taxonomy.flatMap(({ kind, match }) =>
    [...new Set([kind, ...match.filter(pattern => !pattern.includes('*'))])].map(
      (text): Candidate => ({ kind, text, words: wordsOfName(text) }),
    ),
  )
  const weightOf = weightsOf(candidates)
  const spellings = spellingsOf(candidates)
  return names.flatMap(name => {
    const words = wordsOfName(name)
    const likenesses = bestPerKind(candidates.flatMap(candidate => likeness(words, candidate, { weightOf, spellings })))
    return likenesses.length === 0 ? [] : [{ name, likenesses }]
  })
}

function weightsOf(candidates: readonly Candidate[]): Weights {
  const kindsOf = new Map<string, Set<string>>()
  for (const { kind, words } of candidates) {
    for (const word of words.words) kindsOf.set(word, (kindsOf.get(word) ?? new Set()).add(kind))
  }
  const kinds = new Set(candidates.map(({ kind }) => kind)).size
  return word => 1 + Math.log(kinds / (kindsOf.get(word)?.size ?? 1))
}

type Spelling = Readonly<{ word: string; share: number }>
/** The word of a kind that a word, as it is written, is a misspelling of; found once per word. */
type Spellings = (written: string) => Spelling | null

function spellingsOf(candidates: readonly Candidate[]): Spellings {
  const forms = new Map<string, string>()
  for (const { words } of candidates) for (const [form, written] of words.asWritten) forms.set(written, form)
  const long = [...forms].filter(([written]) => written.length >= LONG_WORD).sort(([a], [b]) => compareCodePoints(a, b))
  const found = new Map<string, Spelling | null>()
  return written => {
    const known = found.get(written)
    if (known !== undefined) return known
    const spelling = written.length < LONG_WORD ? null : nearest(written, long)
    found.set(written, spelling)
    return spelling
  }
}

function nearest(written: string, known: readonly (readonly [written: string, form: string])[]): Spelling | null {
  let best: Spelling | null = null
  for (const [other, word] of known) {
    const share = other[0] === written[0] ? jaroWinkler(written, other, SAME_SPELLING) : 0
    if (share > (best?.share ?? 0)) best = { word, share }
  }
  return best
}

type Ground = Readonly<{ weightOf: Weights; spellings: Spellings }>

function likeness(name: NameWords, { kind, text, words }: Candidate, ground: Ground): Likeness[] {
  const { weightOf, spellings } = ground
  let mine = 0
  let shared = 0
  let isTelling = areSame(name, words)
  const why: string[] = []
  for (const [word, written] of name.asWritten) {
    const spelling = words.asWritten.has(word) ? null : spellings(written)
    const met = spelling?.word ?? word
    const weight = weightOf(met)
    const theirs = words.asWritten.get(met)
    mine += weight
    if (theirs === undefined) continue
    shared += weight * (spelling?.share ?? 1)
    isTelling ||= !isGeneral(met)
    why.push(sharedWord(written, theirs))
  }
  if (!isTelling || areContrary(name, words)) return []
  const theirs = words.words.reduce((total, word) => total + weightOf(word), 0)
  const score = (2 * shared) / (mine + theirs)
  if (score < LEAST_LIKENESS) return []
  return [{ kind, like: text, score, why: `looks like ${text}: shares ${why.join(', ')}` }]
}

/** Names of the same two words or more are alike, however little these tell. */
function areSame({ words }: NameWords, other: NameWords): boolean {
  return words.length > 1 && words.length === other.words.length && words.every(word => other.asWritten.has(word))
}

/** `pricing`, or `visited (viewed)` where the two are written differently. */
function sharedWord(mine: string, theirs: string): string {
  return mine === theirs ? mine : `${mine} (${theirs})`
}

function bestPerKind(all: readonly Likeness[]): readonly Likeness[] {
  const best = new Map<string, Likeness>()
  for (const found of all) {
    const known = best.get(found.kind)
    if (known === undefined || found.score > known.score) best.set(found.kind, found)
  }
  return [...best.values()]
    .sort((a, b) => b.score - a.score || compareCodePoints(a.kind, b.kind))
    .slice(0, MOST_LIKENESSES)
}
