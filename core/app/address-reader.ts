import { emailReader, settingsIn } from '#identity'
import { identityDecisions, type Readable } from '#store'

/** Reads addresses as identity does: by the words and classes of domains of the project. */
export function addressReader(db: Readable): ReturnType<typeof emailReader> {
  const { domains, words } = settingsIn(identityDecisions(db))
  return emailReader(domains, words)
}
