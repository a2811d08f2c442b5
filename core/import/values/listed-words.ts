/** What states of a deal are called elsewhere, by their normal form: German, French, Spanish, and two of CRMs. */
const DEAL_WORDS: Readonly<Record<string, string>> = {
  ...{ offen: 'open', gewonnen: 'won', verloren: 'lost' },
  ...{ ouvert: 'open', ouverte: 'open', gagné: 'won', gagnée: 'won', perdu: 'lost', perdue: 'lost' },
  ...{ abierto: 'open', abierta: 'open', ganado: 'won', ganada: 'won', perdido: 'lost', perdida: 'lost' },
  ...{ closed_won: 'won', closedwon: 'won', closed_lost: 'lost', closedlost: 'lost' },
}

/**
 * Words of other languages, each in the form in which listed values are compared, with the listed value that it stands for.
 *
 * @param values the list
 * @returns none where no word stands for one of them for certain
 *
 * Source: docs/methods/import.md, "Values".
 */
export function listedWords(values: readonly string[]): readonly (readonly [word: string, value: string])[] {
  return values.includes('won') ? Object.entries(DEAL_WORDS).filter(([, meant]) => values.includes(meant)) : []
}
