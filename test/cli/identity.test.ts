import { readFileSync } from 'node:fs'
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

  test('proposes weights only when asked to', async () => {
    const folder = folderOf(FILES)
    await pqlHere([...RESOLVE, '--propose-weights'], folder)
    expect(readFileSync(join(folder, 'out/weights_proposal.csv'), 'utf8')).toContain(
      'comparison,level,bits,proposed_bits,pairs',
    )
    await pqlHere(RESOLVE, folder)
    expect(() => readFileSync(join(folder, 'out/weights_proposal.csv'))).toThrow('ENOENT')
  })

  test.each([
    ['a column that is not there', { 'fields.json': '{"key": "nr", "kind": "person"}' }, RESOLVE, 'no column nr'],
    ['fields that are no JSON', { 'fields.json': '{' }, RESOLVE, 'not JSON'],
    ['no records named', {}, ['identity', '--out', 'out'], '--records'],
    ['a file that is not there', {}, RESOLVE.with(2, 'none.csv'), 'none.csv'],
    ['no truth named', {}, ['identity', 'evaluate', '--records', 'people.csv'], '--truth'],
  ])('refuses %s', async (_why, files, args, says) => {
    const folder = folderOf({ ...FILES, ...files })
    const run = await pqlHere(args, folder)
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(says)
  })
})
