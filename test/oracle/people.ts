import { type Counted, isThere, membersOf, usersOf, type World } from './events.ts'
import type { RoleRow } from './model.ts'
import { cell, groupBy, isTrue, plain, type TextRow } from './tables.ts'

/** What one user is in one workspace. */
export type Part = Readonly<{
  user: string
  factor: number
  isAdmin: boolean
  isManager: boolean
  isChampion: boolean
  isMember: boolean
}>

const MANAGERS =
  'manager senior_manager head director senior_director vp svp evp c_level cxo founder owner president partner'.split(
    ' ',
  )
const CONTRIBUTORS = 'ic individual_contributor entry junior mid senior staff principal lead'.split(' ')

/** What is given about a workspace's people. */
type Given = Readonly<{ members: ReadonlySet<string>; roles: ReadonlyMap<string, string>; owner: string }>

/** The people of each workspace: members, and everyone with an event in it, looped ones too. */
export function peopleOf(world: World, counted: Counted): ReadonlyMap<string, readonly Part[]> {
  const users = usersOf(world)
  const events = groupBy([...counted.active, ...counted.looped], event => event.workspace)
  const owners = new Map(world.exports.workspaces.map(row => [cell(row, 'workspace_id'), cell(row, 'owner_user_id')]))
  const memberships = groupBy(
    world.exports.memberships.filter(row => isThere(world, cell(row, 'joined_at'))),
    row => cell(row, 'workspace_id'),
  )
  const people = new Map<string, readonly Part[]>()
  for (const [workspace, members] of membersOf(world)) {
    const ids = new Set([...members, ...(events.get(workspace) ?? []).map(event => event.user)])
    ids.delete('')
    const roles = (memberships.get(workspace) ?? []).map(
      row => [cell(row, 'user_id'), plain(cell(row, 'role'))] as const,
    )
    const given = { members, roles: new Map(roles), owner: owners.get(workspace) ?? '' }
    people.set(
      workspace,
      [...ids].map(user => partOf(world.model.roles, users.get(user), user, given)),
    )
  }
  return people
}

function partOf(figures: RoleRow, row: TextRow | undefined, user: string, given: Given): Part {
  const isMember = given.members.has(user)
  const isAdmin = (isMember && given.owner === user) || isAdminBy(isMember ? given.roles.get(user) : '', row)
  const isManager = manages(row)
  const weight = cell(row, 'buying_role_weight')
  const factor = weight !== '' && Number(weight) >= 0 ? Number(weight) : factorOf(row, isAdmin, isManager, figures)
  const isChampion = !isAdmin && (plain(cell(row, 'persona')) === 'champion' || factor >= 1)
  return { user, factor, isAdmin, isManager, isChampion, isMember }
}

/** A role given in the workspace decides there; elsewhere what the user's own row says. */
function isAdminBy(role: string | undefined, row: TextRow | undefined): boolean {
  if (role !== undefined && role !== '') return isAdminRole(role)
  return isTrue(cell(row, 'is_workspace_admin')) || isAdminRole(plain(cell(row, 'product_role')))
}

function factorOf(row: TextRow | undefined, isAdmin: boolean, isManager: boolean, figures: RoleRow): number {
  if (isAdmin) return figures.admin
  if (isManager) return figures.manager
  const department = plain(cell(row, 'department'))
  const targets = figures.targetDepartments.map(plain)
  const isTarget = department !== '' && (targets.length === 0 || targets.includes(department))
  const seniority = plain(cell(row, 'seniority'))
  return isTarget && (seniority === '' || CONTRIBUTORS.includes(seniority)) ? figures.contributor : figures.other
}

function manages(row: TextRow | undefined): boolean {
  const seniority = plain(cell(row, 'seniority'))
  return seniority === '' ? isManagersTitle(plain(cell(row, 'job_title'))) : MANAGERS.includes(seniority)
}

/** Titles are data of the model; this reads the plain ones that the generator writes. */
function isManagersTitle(title: string): boolean {
  if (/(product|project|program|account|community|office|customer_success)_manager/.test(title)) return false
  return /(^|_)(manager|director|vp|head|chief|founder|ceo|cto|owner|president)(_|$)/.test(title)
}

const isAdminRole = (role: string): boolean => role === 'admin' || role === 'owner'
