import { normaliseName } from '#lib/text'

/** Words that say nothing about what happened. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'a an the of to in on at by for with and or was is has been event events user users action track tracked'.split(' '),
)

/** Words that mean the same here; the first of each line stands for all. */
const SAME_WORDS = [
  'view see seen saw visit open load show display',
  'click press tap',
  'create add new make made',
  'complete finish done achieve',
  'start begin began begun initiate',
  'end stop',
  'delete remove uninstall detach',
  'install connect integrate link attach',
  'invite invitation',
  'send sent',
  'accept accepted join',
  'run ran execute trigger',
  'hit reach reached exceed',
  'limit quota',
  'use used',
  'login logged_in signin sign_in signed_in log_in',
  'logout signout sign_out signed_out log_out logged_out',
  'signup register sign_up signed_up registered',
  'upgrade upsell',
  'price pricing',
  'plan subscription',
  'workspace organization organisation team tenant',
  'automation workflow',
  'integration app connector',
  'import upload ingest',
  'export download',
  'seat member',
  'session',
]

/** Pairs of words that turn a name into its opposite. */
const OPPOSITES = [
  'install delete',
  'create delete',
  'upgrade downgrade',
  'start end',
  'start expire',
  'enable disable',
  'send accept',
  'send decline',
  'accept decline',
  'login logout',
  'import export',
  'subscribe unsubscribe',
  'activate deactivate',
  'complete abandon',
  'complete start',
  'open close',
]

/** Words that say that something was done, or only how much it counts, and not to what: two names that share no other word are not alike. */
const GENERAL_WORDS =
  'view click create complete start end delete install send accept run hit use page button screen modal form key core first value data'

/** Words that turn a name into its opposite by themselves. */
const DENIALS: ReadonlySet<string> = new Set(
  'not no fail failed failure error cancel cancelled canceled abort undo skip dismiss reject deny decline'.split(' '),
)

/** What is left of a name for comparing: its telling words, each in one form, once, in their order. */
export type NameWords = Readonly<{ words: readonly string[]; asWritten: ReadonlyMap<string, string> }>

const PAIRS: ReadonlyMap<string, string> = new Map(
  SAME_WORDS.flatMap(line => {
    const [head = '', ...rest] = line.split(' ')
    return [head, ...rest].filter(word => word.includes('_')).map(word => [word, head] as const)
  }),
)
const HEADS: ReadonlyMap<string, string> = new Map(
  SAME_WORDS.flatMap(line => {
    const [head = '', ...rest] = line.split(' ')
    return [head, ...rest].flatMap(word => [[word, head] as const, [stem(word), head] as const])
  }).toReversed(),
)
const GENERAL: ReadonlySet<string> = new Set(GENERAL_WORDS.split(' ').map(formOf))
const DENIED: ReadonlySet<string> = new Set([...DENIALS].map(stem))
const CONTRARY: ReadonlySet<string> = new Set(
  OPPOSITES.flatMap(line => {
    const [one = '', other = ''] = line.split(' ').map(formOf)
    return [`${one} ${other}`, `${other} ${one}`]
  }),
)

/**
 * The telling words of an event name.
 *
 *   normal form -> words -> empty words dropped -> ending of verb and plural cut -> one word for all that mean the same
 *
 * @returns words in one form each, with the spelling they had; none for a name without letters a-z and digits
 *
 * Source: docs/methods/taxonomy.md, "Suggestions".
 */
export function wordsOfName(name: string): NameWords {
  const parts = normaliseName(name)
    .split('_')
    .filter(part => part !== '')
  const asWritten = new Map<string, string>()
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? ''
    const pair = `${part}_${parts[i + 1] ?? ''}`
    const joined = PAIRS.get(pair)
    if (joined !== undefined) i++
    else if (EMPTY_WORDS.has(part)) continue
    const form = joined ?? formOf(part)
    if (!asWritten.has(form)) asWritten.set(form, joined === undefined ? part : pair.replace('_', ' '))
  }
  return { words: [...asWritten.keys()], asWritten }
}

/** Does a word, in its one form, say only that something was done? */
export function isGeneral(word: string): boolean {
  return GENERAL.has(word)
}

/** Do the names say the contrary of each other: installed and removed, completed and failed? */
export function areContrary(one: NameWords, other: NameWords): boolean {
  const denials = ({ words }: NameWords): number => words.filter(word => DENIED.has(word)).length
  if (denials(one) !== denials(other)) return true
  const mine = one.words.filter(word => !other.asWritten.has(word))
  const theirs = other.words.filter(word => !one.asWritten.has(word))
  return mine.some(a => theirs.some(b => CONTRARY.has(`${a} ${b}`) || a === `un${b}` || b === `un${a}`))
}

function formOf(word: string): string {
  return HEADS.get(word) ?? HEADS.get(withoutEnding(word)) ?? HEADS.get(stem(word)) ?? stem(word)
}

function withoutEnding(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word.replace(/([^s])s$/, '$1')
}

/** Cuts the ending of a verb or plural: viewed, viewing, views are view. Simple, and wrong alike on both sides. */
function stem(word: string): string {
  const cut = withoutEnding(word)
  const undoubled = cut === word ? cut : cut.replace(/([bdgmnprt])\1$/, '$1')
  return undoubled.length > 3 ? undoubled.replace(/[ei]$/, '') : undoubled
}
