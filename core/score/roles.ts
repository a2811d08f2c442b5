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
  'roleFactor' | 'role' | 'isAdmin' | 'isManager' | 'isChampion' | 'isPersonaChampion' | 'factorRange'
>

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
 * @returns factor, row, standing, and the lowest and highest factor had unknown role, seniority and department been known
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
  return {
    roleFactor,
    role,
    isAdmin,
    isManager,
    isChampion: !isAdmin && (isPersona || roleFactor >= 1),
    isPersonaChampion: isPersona,
    factorRange: rangeOf(records, role, { roleFactor, roles }),
  }
}

function firstRow(rows: readonly (readonly [boolean, RoleVerdict['role']])[]): RoleVerdict['role'] {
  return rows.find(([isMet]) => isMet)?.[1] ?? 'other'
}

/** Every row that could have been met, had the unknown fields been known. */
function rangeOf(
  records: readonly RoleRecord[],
  role: RoleVerdict['role'],
  { roleFactor, roles }: { roleFactor: number; roles: Roles },
): readonly [number, number] {
  const possible = [roleFactor]
  if (role !== 'weight' && role !== 'admin') {
    if (records.some(record => !record.isRoleKnown)) possible.push(roles.admin)
    if (role !== 'manager') possible.push(...belowManager(records, role, roles))
  }
  return [Math.min(...possible), Math.max(...possible)]
}

function belowManager(records: readonly RoleRecord[], role: RoleVerdict['role'], roles: Roles): number[] {
  const isOpen = records.some(({ traits }) => traits.seniority === 'unknown')
  const lacksDepartment = records.some(
    ({ traits }) =>
      traits.department === null && (traits.seniority === 'contributor' || traits.seniority === 'unknown'),
  )
  const possible = isOpen ? [roles.manager] : []
  if (role === 'contributor' && isOpen) possible.push(roles.other)
  if (role === 'other' && lacksDepartment) possible.push(roles.contributor)
  return possible
}
