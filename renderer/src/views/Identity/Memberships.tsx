import type { ReactNode } from 'react'
import type { PersonPage } from '../../state/identity-person-store.ts'
import { count, date, NONE, words } from '../../ui/format.ts'

type Membership = NonNullable<PersonPage['memberships']>[number]

const MOST_SHOWN = 20

/** Workspaces that a person is a member of: as what, when last, and how it came there. */
export function Memberships({ page: { memberships = [] } }: Readonly<{ page: PersonPage }>): ReactNode {
  if (memberships.length === 0) return null
  const isNamedTwice = ({ key, title }: Membership['workspace']): boolean =>
    memberships.some(({ workspace }) => workspace.title === title && workspace.key !== key)
  return (
    <section className="memberships" aria-labelledby="memberships-title">
      <h3 id="memberships-title" className="section-title">
        Member of
      </h3>
      <table className="value-table">
        <thead>
          <tr>
            <th scope="col">Workspace</th>
            <th scope="col">Role</th>
            <th scope="col">Last active</th>
            <th scope="col">Came by</th>
          </tr>
        </thead>
        <tbody>
          {memberships.slice(0, MOST_SHOWN).map(({ workspace, userId, role, lastActiveAt, invitationSource }) => (
            <tr key={`${workspace.key} ${userId}`}>
              <td title={`${workspace.key}, as user ${userId}`}>
                {workspace.title} {isNamedTwice(workspace) && <span className="muted">{workspace.key}</span>}
              </td>
              <td>{role ?? NONE}</td>
              <td>{lastActiveAt === null ? NONE : date(lastActiveAt)}</td>
              <td>{invitationSource === null ? NONE : words(invitationSource)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {memberships.length > MOST_SHOWN && <p className="muted">{count(memberships.length - MOST_SHOWN)} more.</p>}
    </section>
  )
}
