import { makePeople } from '../../../../bench/identity/made-people.ts'
import { seededRandom } from '../../../../core/lib/random.ts'
import { tables } from '../rows.ts'

/** Users with further records, and with what only products know. */
export function messyUsers(count: number, seed: number) {
  const random = seededRandom(seed)
  const one = (share: number, prefix: string, of: number): string | null =>
    random() < share ? `${prefix}${Math.floor(random() * of)}` : null
  const rows = [...makePeople(count, random)].map(({ key, fullName, email, phone }) => ({
    user_id: key,
    name: random() < 0.05 ? (fullName.split(' ')[0] ?? '') : fullName,
    primary_email: random() < 0.05 ? email.replace('@', '+tag@') : email,
    phone: phone || null,
    workspace_id: one(0.9, 'w', 40),
    device_id: one(0.3, 'd', count / 3),
    sso_provider: 'okta',
    sso_subject: one(0.2, 's', count / 4),
    contact_id: one(0.2, 'c', count / 4),
    invited_by_user_id: one(0.3, 'u', 20),
    job_title: one(0.5, 'Title ', 6),
    locale: one(0.8, 'l', 4),
    company_name: one(0.5, 'Company ', 30),
  }))
  return tables({ users: rows }).users
}
