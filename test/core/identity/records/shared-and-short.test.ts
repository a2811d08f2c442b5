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
