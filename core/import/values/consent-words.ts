import { normalValue, readBoolean } from './cell-reader.ts'
import type { FaultSlot } from './fault.ts'

/** Who is not to be written to, as mailing tools and people put it. */
const OUT = [
  ...['unsubscribed', 'not subscribed', 'non subscribed', 'opted out', 'opt out', 'optout', 'opted-out by user'],
  ...['do not contact', 'do not email', 'suppressed', 'reported as spam', 'marked as spam', 'spam', 'complained'],
  ...[
    'cleaned',
    'bounced',
    'abgemeldet',
    'abbestellt',
    'ausgetragen',
    'nicht abonniert',
    'nicht angemeldet',
    'widersprochen',
  ],
  ...['désabonné', 'désabonnée', 'desabonne', 'désinscrit', 'désinscrite', 'desinscrit', 'non abonné', 'non inscrit'],
  ...['desuscrito', 'dado de baja', 'no suscrito', 'cancelado', 'disiscritto', 'non iscritto', 'descadastrado'],
  ...['não inscrito', 'afgemeld', 'uitgeschreven', 'wypisany', 'avregistrerad'],
]
const IN = [
  ...[
    'subscribed',
    'opted in',
    'opt in',
    'optin',
    'resubscribed',
    'abonniert',
    'angemeldet',
    'eingetragen',
    'zugestimmt',
  ],
  ...[
    'abonné',
    'abonnée',
    'abonne',
    'inscrit',
    'inscrite',
    'suscrito',
    'suscrita',
    'iscritto',
    'inscrito',
    'aangemeld',
  ],
  ...['ingeschreven', 'zapisany', 'prenumererar'],
]

/**
 * What a word says of who is not to be written to, by the form in which listed values are compared.
 *
 * Source: docs/methods/import.md, "Headers".
 */
export const CONSENT_WORDS: Readonly<Record<string, 'true' | 'false'>> = Object.fromEntries([
  ...OUT.map(word => [normalValue(word), 'true'] as const),
  ...IN.map(word => [normalValue(word), 'false'] as const),
])

/**
 * Whether somebody is not to be written to: yes and no, or the words for it.
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function readOptOut(text: string, slot: FaultSlot): boolean {
  const said = CONSENT_WORDS[normalValue(text)]
  return said === undefined ? readBoolean(text, slot) : said === 'true'
}
