import type { EmailReading } from './email.ts'
import type { Words } from './words/words.ts'

/** How values are read: addresses, and the lists of words in force. */
export type Reading = Readonly<{ read: (text: string | null) => EmailReading; words: Words }>
