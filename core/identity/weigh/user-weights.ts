/** Default weights of what only products know about users. */
export const USER_WEIGHTS = {
  'SSO subject': { precision: 0.9995, because: 'An identity provider gives a subject to one person.' },
  'CRM contact': { precision: 0.999, because: 'A contact is one person unless the CRM has duplicates of its own.' },
  'billing contact': {
    precision: 0.995,
    because: 'One customer is billed to one mailbox; whoever holds it under two addresses is mostly one person.',
  },
  device: {
    same: { precision: 0.8, because: 'A device that hardly anybody shares belongs to one person, or two.' },
    'same network': {
      m: 0.3,
      because:
        'Some of those who sign up again do so from where they did before; it counts no more than a device does.',
    },
  },
  company: { m: 0.7, different: -0.5, because: 'Written in many ways, and left as it is when people move on.' },
  'job title': { m: 0.4, different: -0.25, because: 'Titles change and are put in many ways.' },
  locale: { m: 0.9, different: -1, because: 'Few people change the language they work in.' },
} as const
