/** What states of a deal are called elsewhere, by their normal form: German, French, Spanish, and two of CRMs. */
const DEAL_WORDS: Readonly<Record<string, string>> = {
  ...{ offen: 'open', gewonnen: 'won', verloren: 'lost' },
  ...{ ouvert: 'open', ouverte: 'open', gagné: 'won', gagnée: 'won', perdu: 'lost', perdue: 'lost' },
  ...{ abierto: 'open', abierta: 'open', ganado: 'won', ganada: 'won', perdido: 'lost', perdida: 'lost' },
  ...{ closed_won: 'won', closedwon: 'won', closed_lost: 'lost', closedlost: 'lost' },
}

/**
 * The listed value that a word stands for in another language.
 *
 * @param normal the word in the form in which listed values are compared
 * @param values the list
 * @returns undefined where it stands for none of them for certain
 *
 * Source: docs/methods/import.md, "Values".
 */
export function listedWord(normal: string, values: readonly string[]): string | undefined {
  if (!values.includes('won') || !Object.hasOwn(DEAL_WORDS, normal)) return undefined
  const meant = DEAL_WORDS[normal]
  return meant !== undefined && values.includes(meant) ? meant : undefined
}
