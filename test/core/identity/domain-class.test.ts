import { describe, expect, test } from 'vitest'
import { corporateDomainOf, type DomainClass, domainClassOf, isPlaceholder } from '../../../core/identity/index.ts'

describe('class of a domain', () => {
  test.each<{ why: string; domain: string; want: DomainClass }>([
    { why: 'a company', domain: 'acme.com', want: 'corporate' },
    { why: 'a subdomain of a company', domain: 'eu.acme.co.uk', want: 'corporate' },
    { why: 'free mail', domain: 'Gmail.com', want: 'free_mail' },
    { why: 'free mail elsewhere', domain: 'naver.com', want: 'free_mail' },
    { why: 'a provider below its domain', domain: 'mail.t-online.de', want: 'free_mail' },
    { why: 'a name that ends like a provider', domain: 'notgmail.com', want: 'corporate' },
    { why: 'disposable', domain: 'mailinator.com', want: 'disposable' },
    { why: 'a relay', domain: 'users.noreply.github.com', want: 'relay' },
    { why: 'the company behind a relay', domain: 'github.com', want: 'corporate' },
    { why: 'a tenant of Microsoft', domain: 'acme.onmicrosoft.com', want: 'multi_tenant' },
    { why: 'a tenant of Okta', domain: 'acme.okta.com', want: 'multi_tenant' },
    { why: 'a tenant of Slack', domain: 'acme.slack.com', want: 'multi_tenant' },
    { why: 'a tenant of Zendesk', domain: 'acme.zendesk.com', want: 'multi_tenant' },
    { why: 'a tenant of Atlassian', domain: 'acme.atlassian.net', want: 'multi_tenant' },
    { why: 'a public suffix', domain: 'co.uk', want: 'none' },
    { why: 'no host', domain: '(none)', want: 'none' },
  ])('$why', ({ domain, want }) => {
    expect(domainClassOf(domain)).toBe(want)
    expect(corporateDomainOf(domain) !== null).toBe(want === 'corporate')
  })
})

describe('placeholders', () => {
  test.each([
    null,
    '',
    '  ',
    'null',
    'NULL',
    '"null"',
    "'N/A'",
    'n/a',
    '-',
    '--',
    '0',
    '0000',
    '(none)',
    '[object Object]',
    'undefined',
    '00000000-0000-0000-0000-000000000000',
    '-1',
    '\u201cnone\u201d',
    '#N/A',
  ])('%j stands for nothing', value => {
    expect(isPlaceholder(value)).toBe(true)
  })
  test.each(['10', 'a0', 'Nullmeier', 'Nash', '00000000-0000-0000-0000-000000000001', 'O', '-5x'])(
    '%j is a value',
    value => {
      expect(isPlaceholder(value)).toBe(false)
    },
  )
})
