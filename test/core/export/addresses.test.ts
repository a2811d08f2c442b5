import { expect, test } from 'vitest'
import { addressBookOf } from '#export'
import { emailReader } from '#identity'
import { wordsWith } from '../../../core/identity/words/words.ts'
import { tables } from '../identity/rows.ts'
import { judged, person } from '../route/judged.ts'
import { linksOf } from '../route/links.ts'

const data = tables({
  users: [
    { user_id: 'u1', primary_email: 'not an email' },
    { user_id: 'u2', primary_email: 'ada@acme.example' },
    { user_id: 'u3', primary_email: 'call me' },
  ],
})
const persons = [
  { id: 'u1', userIds: ['u1', 'u2'] },
  { id: 'u3', userIds: ['u3'] },
]
const unit = judged('w1', { unit: { people: [person('u1', { isAdmin: true }), person('u3', { isAdmin: true })] } })

test.each([
  { why: 'the first record that has an address', values: new Map() },
  {
    why: 'also where a text that is none holds for the person',
    values: new Map([['u1', { primary_email: 'none of it' }]]),
  },
])('a text that is no address is none: $why', ({ values }) => {
  const book = addressBookOf({
    dataset: data,
    identities: { persons, accountOfWorkspace: new Map() },
    contactLinks: linksOf(data, persons),
    values,
  })
  expect(Object.fromEntries(book.addressees(unit).map(({ personId, email }) => [personId, email]))).toEqual({
    u1: 'ada@acme.example',
    u3: null,
  })
  expect(book.nameOf('u3')).toBeNull()
})

test('nor is one that stands for nothing by the words of the project', () => {
  const words = wordsWith(new Map([['placeholder', new Map([['ada', true]])]]))
  const book = addressBookOf({
    dataset: data,
    identities: { persons, accountOfWorkspace: new Map() },
    contactLinks: linksOf(data, persons),
    readAddress: emailReader(new Map(), words),
  })
  const [first] = book.addressees(unit)
  expect(first).toMatchObject({ personId: 'u1', email: null, badEmail: 'not an email' })
})
