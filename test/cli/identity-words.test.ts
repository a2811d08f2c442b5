import { expect, test } from 'vitest'
import { folderOf, pqlHere } from './support/pql.ts'

const FILES = {
  'in/users.csv': [
    'user_id,primary_email,name',
    'b1,atelier.nord@one.com,Zebulon Quark',
    'b2,atelier.nord@one.com,Zebulon Quark',
    '',
  ].join('\n'),
  'in/workspaces.csv': 'workspace_id,workspace_name\nw1,Orvo Link\n',
}

test('a word of a project is added, decides, is named where it decides, and is as shipped again', async () => {
  const folder = folderOf(FILES)
  await pqlHere(['import', '--project', 'p.pql', 'in'], folder)
  const words = async (...args: string[]): Promise<string> =>
    (await pqlHere(['identity', 'words', '--project', 'p.pql', ...args], folder)).stdout
  expect(await words()).toContain('The lists are as shipped.')
  const joined = await pqlHere(['why', 'b1', 'b2', '--project', 'p.pql'], folder)
  expect(joined.stdout).toContain('are one person')
  const added = await words('--list', 'role_inbox', '--add', 'Atelier.Nord@one.com')
  expect(added).toMatch(/role_inbox +ateliernord +added/)
  const apart = await pqlHere(['why', 'b1', 'b2', '--project', 'p.pql'], folder)
  expect(apart.stdout).toContain('are two persons')
  expect(apart.stdout).toContain('"ateliernord" is one of the shared mailboxes of this project')
  expect(await words('--list', 'placeholder', '--remove', 'n/a', '--json')).toContain('"state": "removed"')
  // What another list has is told too, and an entry that is shipped is said to be.
  const reset = await words('--list', 'placeholder', '--reset', 'N/A')
  expect(reset).toMatch(/^"n\/a" is as shipped again: on the list placeholder\n[\s\S]+role_inbox +ateliernord +added/)
  const told = await words('--list', 'role_inbox', '--add', 'info', 'ateliernord')
  expect(told).toContain(
    '"info" is on the shipped list role_inbox already\n"ateliernord" was added to role_inbox before\n',
  )
  expect(await words('--list', 'role_inbox', '--remove', 'zzdesk')).toContain('"zzdesk" is not on the list role_inbox')
  expect(await words('--list', 'role_inbox', '--reset', 'zzdesk')).toMatch(
    /^"zzdesk" is as shipped already: not on the list role_inbox\nlist[\s\S]+ateliernord +added/,
  )
  expect(await words('--list', 'placeholder')).toContain('The list placeholder is as shipped.')
  expect(await words('--list', 'role_inbox', '--reset', 'ateliernord')).toContain('The lists are as shipped.')
  const wrong = await pqlHere(['identity', 'words', '--project', 'p.pql', '--add', 'info'], folder)
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--list is one of placeholder')])
})
