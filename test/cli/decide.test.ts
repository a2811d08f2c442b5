import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, pqlHere } from './support/pql.ts'

const FILES = {
  'in/users.csv': [
    'user_id,primary_email,name',
    'b1,zebulon.quark@one.com,Zebulon Quark',
    'b2,zebulonquark@two.com,Zebulon Quark',
    'b3,zebulon@three.com,Zebulon Quark',
    'c1,ida@acme.com,Ida Sandberg',
    '',
  ].join('\n'),
  'in/workspaces.csv': 'workspace_id,workspace_name\nw1,Orvo Link\nw2,Orvo Link\n',
  'in/accounts.csv': 'account_id,name,primary_domain\nacc1,Acme,acme.com\n',
  'decisions.csv': [
    'question,a,b,answer,relation,note',
    'persons,b1,b2,same,,both write from the same desk',
    'persons,b2,b3,different,,',
    'persons,b1,b3,same,,',
    'workspaces,w1,w2,same,group,',
    'persons,b1,nobody,same,,',
    'persons,b1,b2,maybe,,',
    'persons,Zebulon Quark,c1,different,,',
    'persons,IDA@acme.com,zebulon@three.com,different,,',
    'signups,ida sandberg,acme.com,same,,',
    '',
  ].join('\n'),
}

test('answers from a file are kept as far as they can hold, and who is who follows them', async () => {
  const folder = folderOf(FILES)
  await pqlHere(['import', '--project', 'p.pql', 'in'], folder)
  const why = await pqlHere(['why', 'b1', 'b2', '--project', 'p.pql'], folder)
  expect(why.stdout).toContain(
    'Zebulon Quark (zebulon.quark@one.com) and Zebulon Quark (zebulonquark@two.com) are two persons',
  )
  const who = await pqlHere(['why', 'zebulonquark@two.com', '--project', 'p.pql'], folder)
  expect(who.stdout).toMatch(/^Person b2\n(?:.*\n)+step +since +shown by\nsigned up +not known +record of user b2\n$/)
  const alone = await pqlHere(['why', 'w1', '--workspaces', '--project', 'p.pql'], folder)
  expect([alone.code, alone.stdout]).toEqual([0, expect.stringContaining('Orvo Link')])
  const standing = await pqlHere(['identity', '--project', 'p.pql'], folder)
  expect([standing.code, standing.stdout]).toEqual([0, expect.stringContaining('Asked next about persons:')])
  expect(standing.stdout).toMatch(/^persons +0 +[1-9]/m)
  expect(standing.stdout).toMatch(/^Zebulon Quark \(b1\) +Zebulon Quark \(b[23]\) /m)
  expect(standing.stdout).toContain('Nothing was written; --out <folder>')
  const named = await pqlHere(['why', 'ZEBULONQUARK@two.com', 'b1', '--project', 'p.pql'], folder)
  expect(named.stdout.split('\n')[0]).toContain('(zebulonquark@two.com) and Zebulon Quark (zebulon.quark@one.com)')
  const several = await pqlHere(['why', 'zebulon quark', 'b1', '--project', 'p.pql'], folder)
  expect([several.code, several.stderr]).toEqual([
    2,
    expect.stringMatching(/users are called zebulon quark; give an id: b1 \(/),
  ])
  const dry = await pqlHere(['decide', '--project', 'p.pql', '--file', 'decisions.csv', '--dry-run'], folder)
  expect(dry.stdout).toContain('5 of 9 answers would be kept; 1 contradict others, 3 cannot be read')
  const kept = await pqlHere(['decide', '--project', 'p.pql', '--file', 'decisions.csv', '--json'], folder)
  expect(JSON.parse(kept.stdout)).toMatchObject({
    rows: 9,
    kept: 5,
    broken: [{ record: 5 }, { record: 6 }, { record: 7 }],
    contradictions: [{ pair: { a: 'b1', b: 'b3' } }],
  })
  expect([dry.code, kept.code]).toEqual([3, 3])
  expect(kept.stderr).toContain('record 6: answer is "maybe"')
  expect(kept.stderr).toMatch(
    /record 7: 3 users are called Zebulon Quark; give an id: b1 \(Zebulon Quark, .*; b2 \(.*; b3 \(/,
  )
  const after = await pqlHere(['why', 'b1', 'b2', '--project', 'p.pql', '--json'], folder)
  expect(JSON.parse(after.stdout)).toMatchObject({ isOne: true, path: [{ by: 'must_link', decisionNo: 1 }] })

  const written = await pqlHere(['identity', '--project', 'p.pql', '--out', 'out'], folder)
  expect(written.stdout).toContain('persons.csv (4)')
  const read = (name: string) =>
    readFileSync(join(folder, 'out', name), 'utf8')
      .trim()
      .split('\r\n')
  expect(read('persons.csv')).toEqual(['user_id,person_id', 'b1,b1', 'b2,b1', 'b3,b3', 'c1,c1'])
  expect(read('workspace_links.csv')[1]).toMatch(/^w1,w2,group,decided,/)
  expect(read('workspace_accounts.csv')).toHaveLength(1)
  expect(read('signup_matches.csv').filter(line => line.startsWith('c1,'))).toEqual([
    expect.stringMatching(/^c1,decided,acc1,acme\.com,/),
  ])
  expect(existsSync(join(folder, 'out/manifest.json'))).toBe(true)
})

test('an answer about an account settles: it is not asked again after an import of the same files', async () => {
  const folder = folderOf({
    'in/workspaces.csv': 'workspace_id,workspace_name,billing_contact_email\nw1,Quince,ann@quince.com\n',
    'in/accounts.csv': 'account_id,name,primary_domain\nacc1,Quince,quince.com\nacc2,Quince East,quince.com\n',
    'in/users.csv': 'user_id,primary_email\nu1,ida@sorrel.com\n',
    'answers.csv': 'question,a,b,answer\naccounts,w1,acc1,different\naccounts,w1,acc2,same\n',
  })
  const accounts = async () => {
    const { stdout } = await pqlHere(
      ['identity', '--project', 'p.pql', '--out', 'out', '--overwrite', '--json'],
      folder,
    )
    const { counts } = JSON.parse(stdout) as { counts: readonly { question: string }[] }
    return counts.find(({ question }) => question === 'accounts')
  }
  await pqlHere(['import', '--project', 'p.pql', 'in'], folder)
  expect(await accounts()).toMatchObject({ ambiguous: 2, decided: 0, reconfirm: 0 })
  const why = await pqlHere(['why', 'quince', '--workspaces', '--project', 'p.pql'], folder)
  expect(why.stdout.split('\n').filter(line => / account .* ambiguous /.test(line))).toEqual([
    expect.stringMatching(/^Quince \(acc1\) +account +\+/),
    expect.stringMatching(/^Quince East \(acc2\) +account +\+/),
  ])
  await pqlHere(['decide', '--project', 'p.pql', '--file', 'answers.csv'], folder)
  expect(await accounts()).toMatchObject({ ambiguous: 0, decided: 2, reconfirm: 0 })
  await pqlHere(['import', '--project', 'p.pql', 'in'], folder)
  expect(await accounts()).toMatchObject({ ambiguous: 0, decided: 2, reconfirm: 0 })
})
