import { randomBytes } from 'node:crypto'
import type { Grant, ToEngine } from './engine-message.ts'

type TableMessage = Extract<ToEngine, { kind: 'grant' | 'revoke' }>

export type TokenTable = Readonly<{
  /** The token of a file or place; asked again for the same one, the same token. */
  grant(grant: Grant): string
  lookUp(token: string): Grant | null
  revoke(token: string): void
  revokeAll(): void
  /** Tells all grants so far, then every change, until the returned function is called. */
  follow(listener: (message: TableMessage) => void): () => void
}>

/**
 * The files and folders that were handed out, by token. It lives in the host; the engine has a copy that follows it, the
 * renderer has tokens only, and a token cannot be guessed.
 */
export function createTokenTable(): TokenTable {
  const grants = new Map<string, Grant>()
  const listeners = new Set<(message: TableMessage) => void>()
  const tell = (message: TableMessage): void => {
    for (const listener of listeners) listener(message)
  }
  const tokenOf = new Map<string, string>()
  const revoke = (token: string): void => {
    const grant = grants.get(token)
    if (grant === undefined) return
    grants.delete(token)
    tokenOf.delete(keyOf(grant))
    tell({ kind: 'revoke', token })
  }
  return {
    grant: grant => {
      const known = tokenOf.get(keyOf(grant))
      if (known !== undefined) return known
      const token = randomBytes(18).toString('base64url')
      tokenOf.set(keyOf(grant), token)
      grants.set(token, grant)
      tell({ kind: 'grant', token, grant })
      return token
    },
    lookUp: token => grants.get(token) ?? null,
    revoke,
    revokeAll: () => {
      for (const token of [...grants.keys()]) revoke(token)
    },
    follow: listener => {
      for (const [token, grant] of grants) listener({ kind: 'grant', token, grant })
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function keyOf(grant: Grant): string {
  return 'target' in grant ? JSON.stringify([grant.target]) : JSON.stringify([grant.source.path, grant.source.name])
}
