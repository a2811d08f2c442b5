import { KEPT_BY_HAND, referenceList } from './list.ts'

/** Hosts of the one provider that ignores dots in the local part; both names reach the same mailbox. */
export const DOTS_IGNORED = referenceList('dots-ignored', '2026-11-20', KEPT_BY_HAND, 'gmail.com googlemail.com')

/** Hosts known to deliver `name+tag` to `name`. */
export const TAGS_IGNORED = referenceList(
  'tags-ignored',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com hotmail.co.uk hotmail.de
  hotmail.fr hotmail.es hotmail.it live.com live.co.uk live.de live.fr live.nl msn.com icloud.com me.com mac.com
  fastmail.com fastmail.fm protonmail.com protonmail.ch proton.me pm.me hey.com posteo.de posteo.net mailbox.org
  zoho.com zohomail.com runbox.com
  `,
)
