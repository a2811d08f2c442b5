import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEmail } from '../../../core/identity/email.ts'
import { addressText } from '../../../core/identity/normalise/address-text.ts'
import { readFullName } from '../../../core/identity/normalise/person-name.ts'
import { repairedText } from '../../../core/identity/normalise/repaired-text.ts'

describe('names as people and programs write them', () => {
  test.each([
    { why: 'the family name first', text: 'Quark, Zoltan', full: 'zoltan quark' },
    { why: 'a company in brackets', text: 'Zoltan Quark (Acme)', full: 'zoltan quark' },
    { why: 'a company after a dash', text: 'Zoltan Quark - Acme', full: 'zoltan quark' },
    { why: 'a company after a bar', text: 'Zoltan Quark | Acme Ltd', full: 'zoltan quark' },
    { why: 'a company after a comma', text: 'Zoltan Quark, Acme Inc.', full: 'zoltan quark' },
    { why: 'a double family name first', text: 'Quark Neutrino, Zoltan', full: 'zoltan neutrino' },
    { why: 'sent by a service', text: 'Zoltan Quark via GitHub', full: 'zoltan quark' },
    { why: 'quotes and titles', text: '"Dr. Zoltan Quark, PhD"', full: 'zoltan quark' },
    { why: 'a credit in a change log', text: 'Thanks to Zoltan Quark', full: 'zoltan quark' },
    { why: 'UTF-8 read as Latin-1', text: 'JosÃ© QuÃ¡rk', full: 'jose quark' },
    { why: 'UTF-8 read as Windows-1252', text: 'ZoltÃ¡n Å\u201cuark', full: 'zoltan œuark' },
    { why: 'an encoded word of a mail header', text: '=?utf-8?q?Zolt=C3=A1n?= Quark', full: 'zoltan quark' },
    { why: 'an encoded word in base 64', text: '=?UTF-8?B?Wm9sdMOhbiBRdWFyaw==?=', full: 'zoltan quark' },
    { why: 'an encoded word in Latin-1', text: '=?iso-8859-1?Q?Zolt=E1n_Quark?=', full: 'zoltan quark' },
    { why: 'characters without a width', text: 'Zoltan\u200b Quark\ufeff', full: 'zoltan quark' },
    { why: 'a blank without a width alone', text: 'Zoltan\u200bQuark', full: 'zoltan quark' },
    { why: 'a character without a width in a word', text: 'Zol\u200dtan Qu\u00adark', full: 'zoltan quark' },
    { why: 'a hard blank', text: 'Zoltan\u00a0Quark', full: 'zoltan quark' },
    { why: 'an address in place of a name', text: 'zoltan.quark@acme.com', full: 'zoltan quark' },
    { why: 'a spelled-out address in place of a name', text: 'zoltan.quark at acme dot com', full: 'zoltan quark' },
    { why: 'Chinese characters, parted or not', text: '欧阳 娜娜', full: '娜娜 欧阳' },
    { why: 'four Chinese characters in one piece', text: '欧阳娜娜', full: '娜娜 欧阳' },
  ])('$why', ({ text, full }) => {
    const { kind, given, family } = readFullName(text)
    expect({ kind, name: `${given} ${family}` }).toEqual({ kind: 'full', name: full.replace('œ', 'oe') })
  })

  test.each([
    { why: 'a handle', text: 'zquark42', kind: 'bare', given: 'zquark42' },
    { why: 'a handle with its mark', text: '@quarkster', kind: 'bare', given: 'quarkster' },
    { why: 'two people', text: 'Zoltan Quark and Xenia Muon', kind: 'generic', given: '' },
    { why: 'a couple', text: 'Zoltan & Xenia Quark', kind: 'generic', given: '' },
    { why: 'a form that was left as it is', text: 'Your Name', kind: 'generic', given: '' },
    { why: 'nobody', text: 'no author', kind: 'generic', given: '' },
    { why: 'a web page', text: 'https://quark.example', kind: 'none', given: '' },
  ])('$why is no full name', ({ text, kind, given }) => {
    expect(readFullName(text)).toMatchObject({ kind, given })
  })
})

describe('addresses as people write them', () => {
  test.each([
    { why: 'spelled out', text: 'zoltan at acme dot com' },
    { why: 'spelled out, the dot left', text: 'zoltan at acme.com' },
    { why: 'in brackets', text: 'zoltan [at] acme [dot] com' },
    { why: 'in round brackets without blanks', text: 'zoltan(at)acme.com' },
    { why: 'in capitals', text: 'Zoltan AT Acme DOT com' },
    { why: 'in one word', text: 'zoltan_at_acme.com' },
    { why: 'with a name', text: 'Zoltan Quark <zoltan@acme.com>' },
    { why: 'with a remark', text: 'zoltan@acme.com (Zoltan)' },
    { why: 'as a link', text: 'mailto:zoltan@acme.com' },
    { why: 'with a quoted local part', text: '"zoltan"@acme.com' },
    { why: 'in quotes of a word processor', text: '“zoltan@acme.com”' },
    { why: 'with a character that nobody sees', text: 'zoltan@acme.com\u200b' },
    { why: 'with such a character inside', text: 'zoltan\u200b@ac\u200bme.com' },
  ])('$why', ({ text }) => {
    expect(readEmail(text)).toMatchObject({ canonical: 'zoltan@acme.com', guard: null })
  })

  test.each([
    { why: 'a team', text: 'web-team@acme.com', guard: 'role_inbox' },
    { why: 'a team with a tag', text: 'web-team+x@acme.com', guard: 'role_inbox' },
    { why: 'a team in a word', text: 'web_team@acme.com', guard: 'role_inbox' },
    { why: 'a list after a dot', text: 'tool.devel@acme.org', guard: 'role_inbox' },
    { why: 'a mailing list by its host', text: 'tools@lists.acme.org', guard: 'role_inbox' },
    { why: 'a mailing list by its name', text: 'tool-devel@acme.org', guard: 'role_inbox' },
    { why: 'a person at a company whose name begins like a list', text: 'zoltan@listing.com', guard: null },
    { why: 'a person at a host below a free-mail provider', text: 'zoltan@lists.mail.ru', guard: null },
    { why: 'a person at a free-mail provider called list', text: 'ivan.petrov@list.ru', guard: null },
    { why: 'a person at a company called lists', text: 'zoltan@lists.com', guard: null },
    { why: 'a company called list below a public suffix of two labels', text: 'zoltan@list.co.uk', guard: null },
    { why: 'a person whose family name is List', text: 'friedrich.list@uni-tuebingen.de', guard: null },
    { why: 'a person whose address ends with .team', text: 'jane.team@acme.com', guard: null },
    { why: 'a person whose tag is a team', text: 'zoltan+web-team@acme.com', guard: null },
    { why: 'a person at a subdomain', text: 'zoltan@mail.acme.org', guard: null },
    { why: 'a machine', text: 'root@localhost', guard: 'not_an_address' },
    { why: 'nothing', text: 'none@none', guard: 'not_an_address' },
    { why: 'text without an address', text: 'at home', guard: 'not_an_address' },
  ])('$why: $guard', ({ text, guard }) => {
    expect(readEmail(text).guard).toBe(guard)
  })
})

describe('laws', () => {
  test('what is read as it was meant is read so again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        const once = addressText(text)
        expect(typeof readFullName(text).kind).toBe('string')
        expect(addressText(once).includes('@')).toBe(once.includes('@'))
      }),
    )
  })

  test('a cell of a million blanks or brackets takes no time worth naming', () => {
    for (const part of [' ', '( at ', 'a ', ' - ', '@ ', '<', '=?'])
      for (const text of [`a${part.repeat(200_000)}b`, `a${part.repeat(300)}b`]) {
        expect(typeof readFullName(text).kind).toBe('string')
        expect(typeof readEmail(text).canonical).toBe('string')
      }
  })

  test('any name that was mangled comes back', () => {
    const mangled = (text: string): string =>
      Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('')
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zé-öø-ÿ]{1,12} [a-zé-öø-ÿ]{1,12}$/), text => {
        expect(repairedText(mangled(text))).toBe(text)
      }),
    )
  })
})
