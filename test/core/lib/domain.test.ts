import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostOf, hostOfEmail, registrableDomain } from '../../../core/lib/domain.ts'
import { punycode } from '../../../core/lib/punycode.ts'

describe('registrable domain', () => {
  test.each<{ why: string; text: string; want: string | null }>([
    { why: 'a plain domain is itself', text: 'acme.com', want: 'acme.com' },
    { why: 'a subdomain is cut', text: 'mail.eu.acme.com', want: 'acme.com' },
    { why: 'a suffix of two labels counts as one', text: 'www.acme.co.uk', want: 'acme.co.uk' },
    { why: 'case and trailing dot do not matter', text: 'ACME.Com.', want: 'acme.com' },
    { why: 'a web address as CRMs keep it', text: 'https://www.Acme.com:443/about?x=1', want: 'acme.com' },
    { why: 'a private suffix counts: two tenants stay two', text: 'acme.github.io', want: 'acme.github.io' },
    { why: 'a private suffix alone belongs to nobody', text: 'github.io', want: null },
    { why: 'a public suffix alone belongs to nobody', text: 'co.uk', want: null },
    { why: 'an international name is written in ASCII', text: 'www.münchen.de', want: 'xn--mnchen-3ya.de' },
    { why: 'its ASCII form is the same', text: 'XN--MNCHEN-3YA.de', want: 'xn--mnchen-3ya.de' },
    { why: 'an ideographic full stop parts labels', text: 'bücher。example', want: 'xn--bcher-kva.example' },
    { why: 'an international suffix of two labels', text: 'mail.食狮.公司.cn', want: 'xn--85x722f.xn--55qx5d.cn' },
    { why: 'an unknown top level is taken as a suffix', text: 'files.acme.corp', want: 'acme.corp' },
    { why: 'one label is no public host', text: 'localhost', want: null },
    { why: 'an IPv4 address has no domain', text: '192.168.0.1', want: null },
    { why: 'an IPv6 address has no domain', text: '[2001:db8::1]', want: null },
    { why: 'the (none) host of unset machines', text: 'laptop.(none)', want: null },
    { why: 'an underscore is no host name', text: 'acme_x.com', want: null },
    { why: 'blanks are no host name', text: 'acme corp.com', want: null },
    { why: 'an empty label is no host name', text: 'a..com', want: null },
    { why: 'nothing', text: '  ', want: null },
  ])('$why', ({ text, want }) => {
    expect(registrableDomain(text)).toBe(want)
  })
})

describe('host of an email', () => {
  test.each<{ why: string; email: string; want: string | null }>([
    { why: 'the part after the last @', email: ' "a@b"@Mail.Acme.com ', want: 'mail.acme.com' },
    { why: 'no @', email: 'acme.com', want: null },
    { why: 'nothing before the @', email: '@acme.com', want: null },
    { why: 'a machine name', email: 'root@localhost', want: null },
    { why: 'a path is no host', email: 'a@acme.com/x', want: null },
  ])('$why', ({ email, want }) => {
    expect(hostOfEmail(email)).toBe(want)
  })
})

test('punycode equals the samples of RFC 3492, section 7.1', () => {
  expect(punycode('他们为什么不说中文')).toBe('ihqwcrb4cv8a8dqg056pqjye')
  expect(punycode('pročprostěnemluvíčesky')).toBe('proprostnemluvesky-uyb24dma41a')
  expect(punycode('3年b組金八先生')).toBe('3b-ww4c5e180e575a65lsy2b')
})

test('labels of letters come out as the platform writes them', () => {
  const letter = fc.constantFrom(...'abcäößéñçøåşžλμπдежשלוםกขคअआ漢字')
  fc.assert(
    fc.property(fc.array(letter, { minLength: 1, maxLength: 12 }), letters => {
      const host = `${letters.join('')}.com`
      const platform = domainToASCII(host)
      fc.pre(platform !== '')
      // The platform keeps ß as it is written, as do we; it refuses some mixtures of scripts, which are left out here.
      expect(hostOf(host)).toBe(platform)
    }),
  )
})

test('the normal form is a fixed point', () => {
  fc.assert(
    fc.property(fc.domain(), domain => {
      const host = hostOf(domain)
      fc.pre(host !== null)
      expect(hostOf(host ?? '')).toBe(host)
    }),
  )
})
