import { describe, expect, test } from 'vitest'
import { CLUSTER_BITS, clusterIds, readRecordFields, resolveRecords } from '../../../../core/identity/index.ts'
import { CROWD, clustersOf, FIELDS, type Person } from './people-crowd.ts'

describe('people with several addresses, shared and placeholder addresses, handles and first names', () => {
  type Case = { why: string; people: Person[]; auto: string[][]; review: string[][] }
  test.each<Case>([
    {
      why: 'one address, one name: sure',
      people: [
        ['Zoltan Quark', 'zq@a.org'],
        ['Zoltan Quark', 'zq@a.org'],
      ],
      auto: [['0000', '0001']],
      review: [['0000', '0001']],
    },
    {
      why: 'a rare name with two addresses: for review',
      people: [
        ['Zoltan Quark', 'zq@a.org'],
        ['Zoltan Quark', 'zoltan@b.net'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'one address, a name and a handle: sure, a handle contradicts nobody',
      people: [
        ['Zoltan Quark', 'zq@a.org'],
        ['zquark77', 'zq@a.org'],
      ],
      auto: [['0000', '0001']],
      review: [['0000', '0001']],
    },
    {
      why: 'a bare first name joins nobody',
      people: [
        ['Zoltan', 'zq@a.org'],
        ['Zoltan', 'other@b.net'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'root and unknown are nobody, at whatever address',
      people: [
        ['root', 'root@localhost'],
        ['root', 'root@localhost'],
        ['unknown', 'unknown@unknown'],
        ['unknown', 'unknown@unknown'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'placeholder addresses join nobody',
      people: [
        ['Zoltan Quark', 'none@none'],
        ['Peter Mill', 'none@none'],
        ['Ida Sand', 'devnull@localhost'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'an address under which three unlike people write is shared, whatever it is called',
      people: [
        ['Zoltan Quark', 'crew@a.org'],
        ['Peter Mill', 'crew@a.org'],
        ['Ida Sandberg', 'crew@a.org'],
        ['Otto Vogt', 'crew@a.org'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'a long handle at two hosts, names unknown: for review',
      people: [
        ['', 'quarkmaster77@a.org'],
        ['', 'quarkmaster77@b.net'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'the private address of a code host holds the handle; it never makes sure',
      people: [
        ['Zoltan Quark', '1234+zquarkster@users.noreply.github.com'],
        ['Zoltan Quark', 'zquarkster@b.net'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'one account of a code host under two names, with and without its number: for review, never sure',
      people: [
        ['Zoltan Quark', '1234+zq7@users.noreply.github.com'],
        ['quarkster', '1234+zq7@users.noreply.github.com'],
        ['Quirin', 'zq7@users.noreply.github.com'],
      ],
      auto: [],
      review: [['0000', '0001', '0002']],
    },
    {
      why: 'the same account name at another code host is a handle and no more; three letters are nobody',
      people: [
        ['', '1234+zq7@users.noreply.github.com'],
        ['', 'zq7@users.noreply.gitlab.com'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'a handle in place of a name joins, where it is not written as given names are',
      people: [
        ['quarkster', 'zq@a.org'],
        ['quarkster', 'other@b.net'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'a handle written like a name joins where an account goes by it',
      people: [
        ['Quarkster', 'quarkster@users.noreply.github.com'],
        ['Quarkster', 'other@b.net'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'four records of one person with a handle are not four people with it',
      people: [
        ['Zoltan Quark', '1234+zquarkster@users.noreply.github.com'],
        ['Zoltan Quark', 'zquarkster@b.net'],
        ['Zoltan Quark', 'zquarkster@c.org'],
        ['Quarkman', 'zquarkster@d.org'],
      ],
      auto: [],
      review: [['0000', '0001', '0002', '0003']],
    },
    {
      why: 'a telling handle under many full names is nobody',
      people: [
        ['Zoltan Quark', 'webservices@a.org'],
        ['Peter Mill', 'webservices@b.net'],
        ['Ida Sandberg', 'webservices@c.org'],
        ['Otto Vogt', 'webservices@d.org'],
        ['Uwe Kern', 'webservices@e.org'],
        ['Nora Holm', 'webservices@f.org'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'an account named after its owner, with a number: for review',
      people: [
        ['Zoltan Quark', 'zq@a.org'],
        ['zqx', '99+zoltanquark77@users.noreply.github.com'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'an account named by initial and a family name that only one has: for review',
      people: [
        ['Zoltan Quark', 'zq@a.org'],
        ['zqx', '99+zquark77@users.noreply.github.com'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'a handle with a number in place of a name contradicts no name',
      people: [
        ['Zoltan Quark', 'zq@a.org'],
        ['quark-44', 'zq@a.org'],
      ],
      auto: [['0000', '0001']],
      review: [['0000', '0001']],
    },
    {
      why: 'an address in place of a name is an address',
      people: [
        ['Zoltan Quark', 'zq@a.org'],
        ['zq@a.org', 'x'],
      ],
      auto: [['0000', '0001']],
      review: [['0000', '0001']],
    },
    {
      why: 'an address under which three write by their given names is shared',
      people: [
        ['Anna', 'crew@host1.org'],
        ['Boris', 'crew@host1.org'],
        ['Carla', 'crew@host1.org'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'one person by full name, given name, short form and handle does not make an address shared',
      people: [
        ['Robert Quark', 'rq@a.org'],
        ['Robert', 'rq@a.org'],
        ['Bob', 'rq@a.org'],
        ['quarkster', 'rq@a.org'],
      ],
      auto: [['0000', '0001', '0002', '0003']],
      review: [['0000', '0001', '0002', '0003']],
    },
    {
      why: 'other names at one company stay apart',
      people: [
        ['Zoltan Quark', 'zq@rareco.org'],
        ['Peter Mill', 'pm@rareco.org'],
      ],
      auto: [],
      review: [],
    },
  ])('$why', ({ people, auto, review }) => {
    expect(clustersOf(people, 'auto')).toEqual(auto)
    expect(clustersOf(people, 'review')).toEqual(review)
  })
})

describe('any table', () => {
  test('rows in any order give the same clusters and pairs', () => {
    const rows = [
      ...CROWD.slice(0, 60),
      ...CROWD.slice(0, 20).map(([name, email]): Person => [name.toUpperCase(), email]),
    ]
    const columns = (order: readonly number[]) =>
      new Map([
        ['id', order.map(i => `k${i}`)],
        ['name', order.map(i => rows[i]?.[0] ?? '')],
        ['email', order.map(i => rows[i]?.[1] ?? '')],
      ])
    const straight = resolveRecords(columns([...rows.keys()]), FIELDS)
    const back = resolveRecords(columns([...rows.keys()].toReversed()), FIELDS)
    expect(back.forest).toEqual(straight.forest)
    expect(back.edges).toEqual(straight.edges)
    expect(clusterIds(back, 0)).toEqual(clusterIds(straight, 0))
  })

  test('two files, one to one: no cluster has two records of a file', () => {
    const fields = readRecordFields(
      '{"key": "id", "kind": "organisation", "name": "name", "source": "from", "oneToOne": true}',
    )
    const names = [
      'Quark Mining Ltd',
      'Quark Mining',
      'Mill Works',
      'Sand and Stone',
      'Sand & Stone GmbH',
      'SAND AND STONES',
      'Lone Ranger',
    ]
    const columns = new Map([
      ['id', names.map((_, i) => `k${i}`)],
      ['name', names],
      ['from', ['a', 'b', 'a', 'a', 'b', 'b', 'b']],
    ])
    const resolved = resolveRecords(columns, fields)
    expect(clusterIds(resolved, 0)).toEqual(['k0', 'k0', 'k2', 'k3', 'k3', 'k5', 'k6'])
    expect(clusterIds(resolved, -3)).toEqual(['k0', 'k0', 'k2', 'k3', 'k3', 'k5', 'k6'])
  })

  test('rows without a key and repeated keys are left out and counted', () => {
    const columns = new Map([
      ['id', ['a', '', 'a', 'b']],
      ['name', ['x', 'y', 'z', 'w']],
      ['email', ['', '', '', '']],
    ])
    expect(resolveRecords(columns, FIELDS).table).toMatchObject({ keys: ['a', 'b'], withoutKey: 1, repeatedKeys: 1 })
  })

  test('one cell may hold several addresses', () => {
    const columns = new Map([
      ['id', ['a', 'b', 'c']],
      ['name', ['Zoltan Quark', 'Zoltan Quark', 'Ida Sandberg']],
      ['email', ['zq@a.org; zoltan@b.net', 'zoltan@b.net', 'ida@c.org']],
    ])
    const resolved = resolveRecords(columns, FIELDS)
    expect(clusterIds(resolved, CLUSTER_BITS.auto)).toEqual(['a', 'a', 'c'])
  })

  test.each([
    ['no JSON', '{', 'not JSON'],
    ['no key', '{"kind": "person"}', 'key'],
    ['another kind', '{"key": "id", "kind": "dog"}', 'kind'],
    ['a list', '[1]', 'object'],
    ['a number for a column', '{"key": "id", "kind": "person", "email": 3}', 'email'],
    ['one to one without a source', '{"key": "id", "kind": "person", "oneToOne": true}', 'source'],
  ])('fields are refused: %s', (_why, json, says) => {
    expect(() => readRecordFields(json)).toThrow(says)
  })
})
