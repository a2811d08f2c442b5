import { describe, expect, test } from 'vitest'
import { clustersOf, type Person } from './people-crowd.ts'

describe('short handles, first names, teams and lists', () => {
  type Case = { why: string; people: Person[]; auto: string[][]; review: string[][] }
  test.each<Case>([
    {
      why: 'a rare handle of few letters joins at another provider; what says what an address is for does not',
      people: [
        ['zolq', 'zolq@a.org'],
        ['', 'zolq@b.net'],
        ['', 'github@c.org'],
        ['', 'github@d.net'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'a first name counts beside a handle that is no name',
      people: [
        ['Robert', 'zolq@a.org'],
        ['Robert Quark', 'zolq@b.net'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'a team or a list joins nobody, whoever writes under it',
      people: [
        ['', 'webcrew-team@host1.org'],
        ['', 'webcrew-team@host1.org'],
        ['Zoltan Quark', 'toolbox@lists.host2.org'],
        ['Xenia Muon', 'toolbox@lists.host2.org'],
        ['quarkster', 'toolbox@lists.host2.org'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'a mailbox that people share is nobody’s handle elsewhere',
      people: [
        ['Anna', 'quarkcrew@host1.org'],
        ['Boris', 'quarkcrew@host1.org'],
        ['Carla', 'quarkcrew@host1.org'],
        ['', 'quarkcrew@host2.org'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'a domain of one’s own spells the family name, where no name is given',
      people: [
        ['Zoltan Quarkstein', 'zquark@host1.org'],
        ['', 'zoltan@quarkstein.dev'],
        ['', 'boris@quarkstein.dev'],
      ],
      auto: [],
      review: [['0000', '0001']],
    },
    {
      why: 'words around the name in an address without a name are no part of it',
      people: [
        ['Zoltan Quarkstein', 'zq1@host1.org'],
        ['', 'external.zoltan.quarkstein@host2.org'],
        ['Boris Nebelung', 'bn1@host1.org'],
        ['', 'boris.t.nebelung@host3.org'],
      ],
      auto: [],
      review: [
        ['0000', '0001'],
        ['0002', '0003'],
      ],
    },
    {
      why: 'a login is cut at eight letters, shortens the family name, or is the family name',
      people: [
        ['Zoltan Quarkstein', 'one@host1.org'],
        ['', 'zquarkst@host2.org'],
        ['Boris Nebelung', 'two@host1.org'],
        ['', 'boris_neb@host2.org'],
        ['Carla Wiesenthal', 'three@host1.org'],
        ['wiesenthal', 'wiesenthal@host2.org'],
      ],
      auto: [],
      review: [
        ['0000', '0001'],
        ['0002', '0003'],
        ['0004', '0005'],
      ],
    },
    {
      why: 'a mailbox that people share says nothing by its domain either',
      people: [
        ['Anna', 'crew@host1.org'],
        ['Boris', 'crew@host1.org'],
        ['Carla', 'crew@host1.org'],
        ['', 'crewhost1@host2.org'],
      ],
      auto: [],
      review: [],
    },
    {
      why: 'an address spelled out is the address',
      people: [
        ['Zoltan Quark', 'zoltan@host1.org'],
        ['', 'zoltan at host1 dot org'],
      ],
      auto: [['0000', '0001']],
      review: [['0000', '0001']],
    },
  ])('$why', ({ people, auto, review }) => {
    expect(clustersOf(people, 'auto')).toEqual(auto)
    expect(clustersOf(people, 'review')).toEqual(review)
  })
})
