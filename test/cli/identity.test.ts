import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, pqlHere } from './support/pql.ts'

const FILES = {
  'people.csv': [
    'id;name;mail',
    'a;Zoltan Quark;zq@acme.org',
    'b;Zoltan Quark;ZQ@acme.org',
    'c;Ida Sandberg;ida@acme.org',
    ';nobody;x@acme.org',
    '',
  ].join('\n'),
  'fields.json': '{"key": "id", "kind": "person", "full_name": "name", "email": "mail"}',
  'truth.csv': 'record_id,cluster_id\na,1\nb,1\nc,2\n',
}
const RESOLVE = ['identity', '--records', 'people.csv', '--fields', 'fields.json', '--out', 'out']

describe('pql identity', () => {
  test('resolves a table without a project and writes clusters and pairs', async () => {
    const folder = folderOf(FILES)
    const run = await pqlHere(RESOLVE, folder)
    expect(run.code).toBe(0)
    expect(run.stdout).toContain('3 records')
    expect(run.stdout).toContain('1 without a key')
    expect(readFileSync(join(folder, 'out/clusters.csv'), 'utf8')).toBe('record_id,cluster_id\r\na,a\r\nb,a\r\nc,c\r\n')
    expect(readFileSync(join(folder, 'out/clusters_review.csv'), 'utf8')).toContain('b,a')
    const [head, pair = ''] = readFileSync(join(folder, 'out/pairs.csv'), 'utf8').split('\r\n')
    expect(head).toBe('record_a,record_b,bits,band,evidence')
    expect(pair).toMatch(/^a,b,[\d.]+,auto,.*one mailbox/)
  })

  test('evaluates the table, and a folder that was written before', async () => {
    const folder = folderOf(FILES)
    await pqlHere(RESOLVE, folder)
    const fresh = await pqlHere(
      ['identity', 'evaluate', '--truth', 'truth.csv', '--records', 'people.csv', '--fields', 'fields.json', '--json'],
      folder,
    )
    const written = await pqlHere(
      ['identity', 'evaluate', '--truth', 'truth.csv', '--clusters', 'out', '--json'],
      folder,
    )
    const [one, other] = [fresh, written].map(run => JSON.parse(run.stdout))
    expect(one.auto.judgement.pairwise).toEqual({ precision: 1, recall: 1, f1: 1 })
    expect(other.auto).toEqual(one.auto)
    expect(one.curve.length).toBeGreaterThan(0)
  })

  test.each([
    { why: 'one row', rows: 'a;Zoltan Quark;zq@acme.org\n', clusters: 'a,a' },
    { why: 'no row', rows: '', clusters: '' },
    {
      why: 'another encoding',
      rows: Buffer.from('a;Zoltán;zq@acme.org\nb;Jörg;j@acme.org\n', 'latin1'),
      clusters: 'a,a b,b',
    },
    {
      why: 'lines of two encodings, a key among them',
      rows: Buffer.concat([
        Buffer.from('ä;Zoltán Quark;zq@acme.org\n'),
        Buffer.from('b;Zoltán Quark;zq@acme.org\n', 'latin1'),
      ]),
      clusters: 'b,b ä,b',
    },
  ])('resolves a table of $why', async ({ rows, clusters }) => {
    const folder = folderOf(FILES)
    writeFileSync(join(folder, 'people.csv'), Buffer.concat([Buffer.from('id;name;mail\n'), Buffer.from(rows)]))
    expect(await pqlHere(RESOLVE, folder)).toMatchObject({ code: 0 })
    const [, ...lines] = readFileSync(join(folder, 'out/clusters.csv'), 'utf8').trimEnd().split('\r\n')
    expect(lines.join(' ')).toBe(clusters)
  })

  test('says which roles it does not know, and resolves by the others', async () => {
    const fields = '{"key": "id", "kind": "organization", "name": "name", "emial": "mail", "website": null, "city": ""}'
    const run = await pqlHere(RESOLVE, folderOf({ ...FILES, 'fields.json': fields }))
    expect(run.code).toBe(0)
    expect(run.stderr).toContain('there is no role "emial", it is not used; the roles are key, kind, email')
  })

  test('refuses a folder that holds other files before anything is read', async () => {
    const folder = folderOf(FILES)
    mkdirSync(join(folder, 'out'))
    writeFileSync(join(folder, 'out/clusters.csv'), 'mine')
    const run = await pqlHere(RESOLVE, folder)
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('clusters.csv, which no earlier export wrote')
    expect(run.stderr).not.toContain('Reading')
    expect((await pqlHere([...RESOLVE, '--overwrite'], folder)).code).toBe(0)
  })

  test('proposes weights only when asked to', async () => {
    const folder = folderOf(FILES)
    await pqlHere([...RESOLVE, '--propose-weights'], folder)
    expect(readFileSync(join(folder, 'out/weights_proposal.csv'), 'utf8')).toContain(
      'comparison,level,bits,proposed_bits,pairs',
    )
    await pqlHere(RESOLVE, folder)
    expect(() => readFileSync(join(folder, 'out/weights_proposal.csv'))).toThrow('ENOENT')
  })

  test('says and sets which source is believed first, and keeps it', async () => {
    const folder = folderOf({ 'users.csv': 'user_id,name\nu1,Ada\n' })
    await pqlHere(['import', '--project', 'p.pql', 'users.csv'], folder)
    const sources = ['identity', 'sources', '--project', 'p.pql']
    expect((await pqlHere(sources, folder)).stdout).toContain('user, contact')
    const set = await pqlHere([...sources, '--order', 'contact'], folder)
    expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining('contact, user') })
    expect(JSON.parse((await pqlHere([...sources, '--json'], folder)).stdout)).toEqual({ order: ['contact', 'user'] })
    expect(await pqlHere([...sources, '--order', 'crm'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the sources are user and contact'),
    })
  })

  test('blocks a value in any spelling, and allows it again', async () => {
    const users = 'user_id,name,primary_email\nu1,Ada Byron,Ada@host.org\nu2,Ada Byron,ada@HOST.org\n'
    const folder = folderOf({ 'users.csv': users })
    await pqlHere(['import', '--project', 'p.pql', 'users.csv'], folder)
    const auto = async (): Promise<number> => {
      const run = await pqlHere(['identity', '--project', 'p.pql', '--out', 'out', '--json'], folder)
      return JSON.parse(run.stdout).counts.find((one: { question: string }) => one.question === 'persons').auto
    }
    const values = ['identity', 'values', '--project', 'p.pql']
    expect(await auto()).toBe(1)
    expect((await pqlHere([...values, '--block', 'email=ADA@host.org'], folder)).stdout).toMatch(/email +ada@host.org/)
    expect(await auto()).toBe(0)
    expect((await pqlHere([...values, '--allow', 'email=ada@host.org'], folder)).stdout).toContain(
      'No value is blocked',
    )
    expect(await auto()).toBe(1)
    expect(await pqlHere([...values, '--block', 'shoe=44'], folder)).toMatchObject({ code: 2 })
  })

  test.each([
    ['a column that is not there', { 'fields.json': '{"key": "nr", "kind": "person"}' }, RESOLVE, 'no column nr'],
    ['a table that is empty', { 'people.csv': '' }, RESOLVE, 'The file is empty'],
    ['no key', { 'fields.json': '{"kind": "person"}' }, RESOLVE, 'key'],
    ['fields that are no JSON', { 'fields.json': '{' }, RESOLVE, 'not JSON'],
    ['no records named', {}, ['identity', '--out', 'out'], '--records'],
    ['a file that is not there', {}, RESOLVE.with(2, 'none.csv'), 'none.csv'],
    ['no truth named', {}, ['identity', 'evaluate', '--records', 'people.csv'], '--truth'],
  ])('refuses %s', async (_why, files, args, says) => {
    const folder = folderOf({ ...FILES, ...files })
    const run = await pqlHere(args, folder)
    expect([2, 4]).toContain(run.code)
    expect(run.stderr).toContain(says)
  })
})
