import type { EmailReading } from './email.ts'
import type { Words } from './words/words.ts'

/** How values are read: addresses, and the lists of words, the shipped ones where none are given. */
export type Reading = Readonly<{ read: (text: string | null) => EmailReading; words?: Words | undefined }>
