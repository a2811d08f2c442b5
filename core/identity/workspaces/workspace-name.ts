import { readCompanyName } from '../normalise/company-name.ts'
import { ENVIRONMENT_WORDS, PROD_ENVIRONMENT_WORDS, TEAM_WORDS } from '../reference/workspace-words.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'

/** The name of a workspace, taken apart. */
export type WorkspaceName = Readonly<{
  /** Says nothing: `My Project`, `Test`, `Jane's workspace`. */
  isGeneric: boolean
  /** Words without environment and team, in order; empty where nothing is left. */
  base: readonly string[]
  /** The environment it names, null where none. */
  environment: string | null
  /** The part of a company it names. */
  teams: readonly string[]
}>

const ENVIRONMENTS = new Set(ENVIRONMENT_WORDS.values)
const TEAMS = new Set(TEAM_WORDS.values)
const PROD = new Set(PROD_ENVIRONMENT_WORDS.values)

/**
 * Takes the name of a workspace apart: `Acme Marketing (staging)` is Acme, team marketing, environment staging.
 *
 * @param text as the data state it; null is nothing known
 * @param lists placeholders and legal forms
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function readWorkspaceName(text: string | null, lists: Words = SHIPPED_WORDS): WorkspaceName {
  const { kind, words, aside } = readCompanyName(text, lists)
  const all = [...words, ...aside]
  const found = all.find(word => ENVIRONMENTS.has(word))
  const environment = found === undefined ? null : PROD.has(found) ? 'prod' : found
  const rest = all.filter(word => !ENVIRONMENTS.has(word) && !/^\d{1,2}$/.test(word))
  const base = rest.filter(word => !TEAMS.has(word))
  return {
    isGeneric: kind !== 'name' || rest.length === 0,
    base,
    environment,
    teams: rest.filter(word => TEAMS.has(word)),
  }
}
