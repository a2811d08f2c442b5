import type { UserRole } from '#features'
import { matchesPattern, normaliseName } from '#lib/text'
import type { ScoringModel } from '#schema/model'
import type { UnitPerson } from '#schema/unit'

type Roles = ScoringModel['roles']
type Seniority = 'manager' | 'contributor' | 'else' | 'unknown'

/** What a user record says about its owner, wherever that is. */
export type UserTraits = Readonly<{
  weight: number | null
  seniority: Seniority
  /** Seniority stated, not read from the title. */
  isSeniorityGiven: boolean
  /** Normalised; null where not given. */
  department: string | null
  isPersonaChampion: boolean
  /** By the user record itself; a membership's role replaces it in its workspace. */
  isAdmin: boolean
  isRoleGiven: boolean
}>

/** One user record in one unit. */
export type RoleRecord = Readonly<{ traits: UserTraits; isAdmin: boolean; isRoleKnown: boolean }>

export type RoleVerdict = Pick<
  UnitPerson,
  'roleFactor' | 'role' | 'isAdmin' | 'isManager' | 'isChampion' | 'isPersonaChampion' | 'factorRange' | 'openRows'
>

/** Rows of the role table, in its order: `weight` brings its own factor, the others take the model's. */
export const ROLE_ROWS = [
  'weight',
  'admin',
  'manager',
  'contributor',
  'other',
] as const satisfies readonly UnitPerson['role'][]

/** Texts that say that nothing is known. */
const UNKNOWN = new Set(['', 'unknown', 'n_a', 'na', 'none', 'null', 'undefined', 'not_set'])

/** A user id that only events or memberships name. */
export const NOTHING_KNOWN: UserTraits = {
  weight: null,
  seniority: 'unknown',
  isSeniorityGiven: false,
  department: null,
  isPersonaChampion: false,
  isAdmin: false,
  isRoleGiven: false,
}

/** The normal form of a given text; null where it says that nothing is known (`unknown`, `n/a`, `none` ...). */
export function given(text: string): string | null {
  const normal = normaliseName(text)
  return UNKNOWN.has(normal) ? null : normal
}

/** Is a product or membership role that of an admin: admin or owner? */
export function isAdminRole(role: string): boolean {
  const normal = normaliseName(role)
  return normal === 'admin' || normal === 'owner'
}

/**
 * Reads what rows of users say about roles; each distinct title is judged once.
 *
 *   seniority = the given one, else `manager` where a title pattern says so, else unknown
 *
 * Source: docs/methods/score.md, "Roles".
 */
export function traitReader(titles: Roles['titles']): (row: UserRole) => UserTraits {
  const ofTitle = remembered(title => titleSeniority(title, titles))
  const ofSeniority = remembered(seniority => givenSeniority(seniority, titles))
  const normal = remembered(given)
  const isAdmin = remembered(isAdminRole)
  return row => {
    const seniority = row.seniority === null ? null : ofSeniority(row.seniority)
    const weight = row.buying_role_weight
    return {
      weight: weight !== null && weight >= 0 ? weight : null,
      seniority: seniority ?? (row.job_title === null ? 'unknown' : ofTitle(row.job_title)),
      isSeniorityGiven: seniority !== null,
      department: row.department === null ? null : normal(row.department),
      isPersonaChampion: row.persona !== null && normal(row.persona) === 'champion',
      isAdmin: row.is_workspace_admin === true || (row.product_role !== null && isAdmin(row.product_role)),
      isRoleGiven: row.is_workspace_admin !== null || (row.product_role !== null && normal(row.product_role) !== null),
    }
  }
}

function remembered<T>(judge: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return text => {
    const before = known.get(text)
    if (before !== undefined || known.has(text)) return before as T
    const verdict = judge(text)
    known.set(text, verdict)
    return verdict
  }
}

/** Null where the text says that nothing is known. */
function givenSeniority(text: string, titles: Roles['titles']): Seniority | null {
  const normal = given(text)
  if (normal === null) return null
  const isIn = (list: readonly string[]): boolean => list.some(value => normaliseName(value) === normal)
  if (isIn(titles.managerSeniority)) return 'manager'
  return isIn(titles.contributorSeniority) ? 'contributor' : 'else'
}

/** A title tells a manager; of the others it tells nothing that a row of the role table asks for. */
function titleSeniority(title: string, titles: Roles['titles']): Seniority {
  const normal = given(title)
  if (normal === null) return 'unknown'
  const isLike = (patterns: readonly string[]): boolean => patterns.some(pattern => matchesPattern(normal, pattern))
  return isLike(titles.manager) && !isLike(titles.notManager) ? 'manager' : 'unknown'
}

/** Row 4: a department is given (one of the target departments, where there are any), individual contributor or not said. */
function isContributor({ department, seniority, isSeniorityGiven }: UserTraits, targets: readonly string[]): boolean {
  if (department === null || (isSeniorityGiven && seniority !== 'contributor')) return false
  return targets.length === 0 || targets.some(target => normaliseName(target) === department)
}

/**
 * A person's role in a unit: the first row of the table that one of the person's user records in the unit meets.
 *
 *   weight       buying_role_weight, a number >= 0: the largest
 *   admin        is_workspace_admin, or product or membership role admin or owner
 *   manager      seniority manager or above, given, or read from the job title where it is not given
 *   contributor  a department is given, and seniority is individual contributor or not given
 *   other        else
 *
 * An admin is who meets the second row, whatever the weight. A champion is a non-admin with persona champion or a factor of 1.0
 * or more.
 *
 * @param records the person's user records in the unit, at least one
 * @returns factor, row, standing, and what else could be had unknown role, seniority and department been known: the rows, and
 * the lowest and highest factor
 *
 * Source: docs/methods/score.md, "Roles".
 */
export function judgeRole(records: readonly RoleRecord[], roles: Roles): RoleVerdict {
  const weights = records.flatMap(({ traits }) => traits.weight ?? [])
  const isAdmin = records.some(record => record.isAdmin)
  const isManager = records.some(({ traits }) => traits.seniority === 'manager')
  const meetsContributor = records.some(({ traits }) => isContributor(traits, roles.targetDepartments))
  const role = firstRow([
    [weights.length > 0, 'weight'],
    [isAdmin, 'admin'],
    [isManager, 'manager'],
    [meetsContributor, 'contributor'],
  ])
  const roleFactor = role === 'weight' ? Math.max(...weights) : roles[role]
  const isPersona = records.some(({ traits }) => traits.isPersonaChampion)
  const open = openRowsOf(records, role, roles.targetDepartments)
  const possible = role === 'weight' ? [roleFactor] : [roleFactor, ...open.map(row => roles[row])]
  return {
    roleFactor,
    role,
    isAdmin,
    isManager,
    isChampion: !isAdmin && (isPersona || roleFactor >= 1),
    isPersonaChampion: isPersona,
    factorRange: [Math.min(...possible), Math.max(...possible)],
    openRows: open.reduce((bits, row) => bits | (1 << ROLE_ROWS.indexOf(row)), 0),
  }
}

function firstRow(rows: readonly (readonly [boolean, RoleVerdict['role']])[]): RoleVerdict['role'] {
  return rows.find(([isMet]) => isMet)?.[1] ?? 'other'
}

type OpenRow = Exclude<RoleVerdict['role'], 'weight'>

/** Rows that might be met in the place of the own one, had unknown role, seniority and department been known. */
function openRowsOf(records: readonly RoleRecord[], role: RoleVerdict['role'], targets: readonly string[]): OpenRow[] {
  if (records.some(({ isAdmin }) => isAdmin)) return []
  const admin: OpenRow[] = records.some(record => !record.isRoleKnown) ? ['admin'] : []
  return role === 'weight' || role === 'manager' ? admin : [...admin, ...rowsBelowAdmin(records, role, targets)]
}

function rowsBelowAdmin(
  records: readonly RoleRecord[],
  role: RoleVerdict['role'],
  targets: readonly string[],
): OpenRow[] {
  const isOpen = ({ traits: { seniority } }: RoleRecord): boolean => seniority === 'unknown'
  const mayBeContributor = ({ traits: { department, seniority } }: RoleRecord): boolean =>
    department === null && (seniority === 'contributor' || seniority === 'unknown')
  const rows: OpenRow[] = records.some(isOpen) ? ['manager'] : []
  const contributors = records.filter(({ traits }) => isContributor(traits, targets))
  if (role === 'contributor' && contributors.every(isOpen)) rows.push('other')
  if (role === 'other' && records.some(mayBeContributor)) rows.push('contributor')
  return rows
}

/** By the bits of all rows. */
const OPEN_ROWS: readonly (readonly OpenRow[])[] = Array.from({ length: 1 << ROLE_ROWS.length }, (_, bits) =>
  ROLE_ROWS.filter((row): row is OpenRow => row !== 'weight' && (bits & (1 << ROLE_ROWS.indexOf(row))) !== 0),
)

/** The rows of a person's `openRows`. */
export function openRows(bits: number): readonly OpenRow[] {
  return OPEN_ROWS[bits & (OPEN_ROWS.length - 1)] ?? []
}
