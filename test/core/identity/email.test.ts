import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEmailTable } from '../../../core/identity/columns/email-table.ts'
import { canonicalEmail, emailReader, readEmail } from '../../../core/identity/index.ts'
import { wordsWith } from '../../../core/identity/words/words.ts'

describe('canonical email', () => {
  test.each<{ why: string; email: string | null; want: string | null }>([
    { why: 'dots do not count at Gmail', email: 'Jane.Doe@gmail.com', want: 'janedoe@gmail.com' },
    { why: 'a tag does not count at Gmail', email: 'janedoe+news@gmail.com', want: 'janedoe@gmail.com' },
    { why: 'googlemail.com is Gmail', email: 'j.a.n.e.doe@GoogleMail.com', want: 'janedoe@gmail.com' },
    { why: 'dots count everywhere else', email: 'jane.doe@acme.com', want: 'jane.doe@acme.com' },
    { why: 'dots count at Outlook', email: 'jane.doe@outlook.com', want: 'jane.doe@outlook.com' },
    { why: 'Outlook ignores tags', email: 'jane.doe+x@outlook.com', want: 'jane.doe@outlook.com' },
    { why: 'a tag counts at a company', email: 'jane+x@acme.com', want: 'jane+x@acme.com' },
    { why: 'Yahoo does not know tags', email: 'jane+x@yahoo.com', want: 'jane+x@yahoo.com' },
    { why: 'case, blanks and quotes do not count', email: ' "Jane@ACME.com" ', want: 'jane@acme.com' },
    { why: 'an international host in either writing', email: 'jane@bücher.de', want: 'jane@xn--bcher-kva.de' },
    { why: 'a subdomain is another mailbox', email: 'jane@mail.acme.com', want: 'jane@mail.acme.com' },
    { why: 'nothing', email: null, want: null },
    { why: 'empty', email: '', want: null },
    { why: 'the word null', email: 'NULL', want: null },
    { why: 'a quoted n/a', email: '"n/a"', want: null },
    { why: 'test@test.com is nobody', email: 'test@test.com', want: null },
    { why: 'asdf@asdf.com is nobody', email: 'asdf@asdf.com', want: null },
    { why: 'user@example.com is nobody', email: 'user@example.com', want: null },
    { why: 'a real name at example.com may be somebody', email: 'jane.doe@example.com', want: 'jane.doe@example.com' },
    { why: 'a placeholder before the @', email: 'undefined@acme.com', want: null },
    { why: 'the host of an unset machine', email: 'root@laptop.(none)', want: null },
    { why: 'no host', email: 'jane@localhost', want: null },
    { why: 'two addresses are no address', email: 'a@acme.com, b@acme.com', want: null },
    { why: 'an object that was never written out', email: '[object Object]', want: null },
    { why: 'a role inbox', email: 'info@acme.com', want: null },
    { why: 'a role inbox with separators', email: 'Customer-Service@acme.com', want: null },
    { why: 'a role inbox with a tag', email: 'support+acme@corp.com', want: null },
    { why: 'a noreply address', email: 'no-reply@acme.com', want: null },
    { why: "a code host's noreply host", email: '1234+jane@users.noreply.github.com', want: null },
    { why: 'a private relay', email: 'abc123@privaterelay.appleid.com', want: null },
    { why: 'people of the code host itself', email: 'jane@github.com', want: 'jane@github.com' },
    {
      why: 'a name that only starts like a role',
      email: 'information.jane@acme.com',
      want: 'information.jane@acme.com',
    },
    { why: 'nothing but a tag', email: '+news@gmail.com', want: null },
  ])('$why', ({ email, want }) => {
    expect(canonicalEmail(email)).toBe(want)
  })
})

test.each(['acme.com', 'gmail.com', 'm\u00fcnchen.de', 'outlook.com'])(
  'a mailbox is one however its letters are put together: at %s',
  host => {
    const one = readEmail(`jos\u00e9@${host}`)
    expect(one.guard).toBeNull()
    expect(readEmail(`Jose\u0301@${host}`)).toEqual(one)
    expect(canonicalEmail(`\uff2aane@${host}`)).toBe(canonicalEmail(`jane@${host}`))
    expect(canonicalEmail(`\u210bans@${host}`)).toBe(canonicalEmail(`hans@${host}`))
    expect(canonicalEmail(`jos\u00e9@${host}`)).not.toBe(canonicalEmail(`jose@${host}`))
    const table = createEmailTable(emailReader())
    expect(table.codeOf(`Jose\u0301@${host}`)).toBe(table.codeOf(`jos\u00e9@${host}`))
  },
)

test('what is no address stays as it was given', () => {
  expect(readEmail('A@acme.com, b@acme.com')).toMatchObject({
    canonical: 'a@acme.com, b@acme.com',
    guard: 'not_an_address',
  })
})

test('a reading is a fixed point: reading a canonical email changes nothing', () => {
  const hosts = fc.constantFrom('gmail.com', 'googlemail.com', 'acme.com', 'Outlook.com', 'users.noreply.github.com')
  const local = fc.string({
    unit: fc.constantFrom(...'aB.+-_9', '\u00e9', 'e\u0301', '\uff2a', '\u210b', '\ufb01'),
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(local, hosts, (name, host) => {
      const canonical = canonicalEmail(`${name}@${host}`)
      fc.pre(canonical !== null)
      expect(canonicalEmail(canonical)).toBe(canonical)
    }),
  )
})

test('a reader for whole tables answers as one for single addresses', () => {
  const read = emailReader()
  for (const email of ['a@acme.com', 'b@acme.com', 'info@acme.com', 'x@gmail.com', 'y@gmail.com', 'no@where', null])
    expect(read(email)).toEqual(readEmail(email))
})

test.each([
  { email: 'later@acme.com', want: 'placeholder' },
  { email: ' "Later@acme.com" ', want: 'placeholder' },
  { email: 'later@other.com', want: null },
  { email: 'ada@acme.com', want: null },
])('a whole address that a project says stands for nothing is a placeholder: $email', ({ email, want }) => {
  const words = wordsWith(new Map([['placeholder', new Map([['later@acme.com', true]])]]))
  expect(emailReader(new Map(), words)(email).guard).toBe(want)
  const table = createEmailTable(emailReader(new Map(), words), words)
  expect(table.codeOf(email) === 0).toBe(want === 'placeholder')
})
