import type { DomainClass } from '../../state/identity-domains.ts'

export const DOMAIN_WORDS: Readonly<Record<DomainClass, Readonly<{ label: string; means: string }>>> = {
  corporate: { label: 'Corporate', means: 'Belongs to one company: its people and accounts can be told by it.' },
  free_mail: { label: 'Free mail', means: 'Open to everybody: it says nothing about a company.' },
  disposable: { label: 'Disposable', means: 'Addresses for once: they join nobody.' },
  relay: { label: 'Relay', means: 'Hides the address behind it: it joins nobody.' },
  multi_tenant: { label: 'Shared host', means: 'Many companies under one name, such as onmicrosoft.com.' },
  none: { label: 'No domain', means: 'Not a domain that mail can come from.' },
}
