import { expect, test } from 'vitest'
import { startProject } from '../support/engine.ts'
import { csv } from '../support/exports.ts'
import { persons } from './small-room.ts'

type User = Readonly<
  Record<'user_id' | 'primary_email' | 'name' | 'phone' | 'sso_subject' | 'sso_provider' | 'job_title', string | null>
>

const user = (user_id: string, name: string | null, own: Partial<User> = {}): User => ({
  user_id,
  primary_email: null,
  phone: null,
  sso_subject: null,
  sso_provider: own.sso_subject == null ? null : 'okta',
  job_title: null,
  ...own,
  name,
})

const USERS: readonly User[] = [
  user('a1', 'Anna Quarkstein', { sso_subject: 's7' }),
  user('a2', 'Boris Quarkstein', { sso_subject: 's7' }),
  user('b1', 'Zebulon Marrow', { primary_email: 'zebulon.marrow@one.com', job_title: 'Keeper of Bees' }),
  user('b2', 'Zebulon Marrow', { primary_email: 'zmarrow@two.com', job_title: 'Keeper of Bees' }),
  user('c1', 'Ottoline Fenwickle', { primary_email: 'fenwickle77@one.com', phone: '+49 170 5550123' }),
  user('c2', 'O. Fenwickle', { primary_email: 'fenwickle77@two.com', phone: '+49 170 5550123' }),
  user('d1', 'Greta Halvorsen', { sso_subject: 's1' }),
  user('d2', null, { sso_subject: 's1', phone: '+49 171 5550777' }),
  user('d3', 'Ingmar Sundqvist', { phone: '+49 171 5550777', primary_email: 'house@one.com' }),
  user('d4', null, { phone: '+49 171 5550777', primary_email: 'house@one.com', sso_subject: 's1' }),
  ...Array.from({ length: 400 }, (_, i) =>
    user(`z${i + 100}`, `Person${i} Family${i}`, { primary_email: `p${i}@other${i}.com` }),
  ),
]

test('what holds a pair is said by its own lines, and what both records have is said once', async () => {
  const engine = await startProject()
  await engine.client['import.run']({ sources: [engine.write('users.csv', csv(USERS))] })
  const cardOf = async (a: string, b: string) => await engine.client['review.card']({ pair: persons(a, b) })
  const said = [
    ['a1', 'a2', '“name: only the family name” contradicts, whatever else agrees'],
    [
      'b1',
      'b2',
      'no mailbox, phone, SSO subject or contact agrees; without one it takes three comparisons of +2 bits or more (here 2) and ' +
        '+10 bits in all (here +7.44)',
    ],
    [
      'c1',
      'c2',
      '“name: given name in another form” fits relatives and colleagues as well, and the rest alone is not enough',
    ],
    ['d1', 'd2', 'one of the two has no full name, and shares what identifies with people of other given names, too'],
  ] as const
  for (const [a, b, why] of said) expect((await cardOf(a, b)).guards).toEqual([`Held at +6.94: ${why}.`])
  expect((await cardOf('d1', 'd3')).guards).toEqual([])
  const { waterfall } = await cardOf('b1', 'b2')
  expect(waterfall.find(({ comparison }) => comparison === 'name')?.value).toBe('zebulon marrow')
  expect(waterfall.find(({ comparison }) => comparison === 'email')?.value).toContain(' | ')
})
