import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export type Sessions = Readonly<{
  /** A link token that opens a session once; a token given out before no longer does. */
  newLinkToken(): string
  /** The cookie of a fresh session for a link token, or null where the token is not the one, or was used. */
  exchange(linkToken: string): string | null
  /** Whether the cookie header holds the secret of the session that is open. */
  holds(cookieHeader: string | undefined): boolean
}>

/**
 * At most one session at a time: a link is exchanged once, and a new exchange ends the session before it.
 *
 * Cookies do not know ports: the name carries the port, so that two hosts on one machine do not overwrite each other's.
 *
 * @param port       the port the host listens on
 * @param onExchange told when a session begins, so that what the one before held can be let go
 */
export function createSessions(port: number, onExchange: () => void): Sessions {
  const name = `pql-${port}`
  let link: string | null = null
  let secret: string | null = null
  return {
    newLinkToken: () => {
      link = randomBytes(32).toString('base64url')
      return link
    },
    exchange: linkToken => {
      if (link === null || !isSame(linkToken, link)) return null
      link = null
      secret = randomBytes(32).toString('base64url')
      onExchange()
      return `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`
    },
    holds: cookieHeader => {
      const expected = secret
      return expected !== null && cookieValues(cookieHeader, name).some(value => isSame(value, expected))
    },
  }
}

/** All values of that name: another program on this machine may have set one of its own beside ours. */
function cookieValues(header: string | undefined, name: string): readonly string[] {
  const pairs = (header ?? '').split(';').map(pair => pair.trim())
  return pairs.filter(pair => pair.startsWith(`${name}=`)).map(pair => pair.slice(name.length + 1))
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
