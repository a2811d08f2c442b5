import { KEPT_BY_HAND, referenceList } from './list.ts'

/** Mail hosts whose addresses are thrown away after use: neither a person nor a company stands behind them. */
export const DISPOSABLE = referenceList(
  'disposable',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  mailinator.com mailinator.net mailinator2.com sogetthis.com guerrillamail.com guerrillamail.net guerrillamail.org
  guerrillamail.biz guerrillamail.de guerrillamailblock.com sharklasers.com grr.la pokemail.net spam4.me
  10minutemail.com 10minutemail.net 10minutemail.org 20minutemail.com 33mail.com temp-mail.org temp-mail.io tempmail.com
  tempmail.net tempmail.dev tempmailo.com tempmailaddress.com tempr.email tempinbox.com temporary-mail.net
  throwawaymail.com throwaway.email trashmail.com trashmail.net trashmail.de trashmail.me trash-mail.com wegwerfmail.de
  wegwerfmail.net wegwerfemail.de yopmail.com yopmail.fr yopmail.net cool.fr.nf jetable.fr.nf jetable.org
  getnada.com nada.email dispostable.com discard.email discardmail.com discardmail.de maildrop.cc mailnesia.com
  mailcatch.com mailnull.com mailexpire.com mailsac.com mailpoof.com moakt.com mohmal.com emailondeck.com
  fakeinbox.com fakemail.net fakemailgenerator.com getairmail.com mintemail.com mytemp.email mytrashmail.com
  incognitomail.com inboxkitten.com burnermail.io byom.de dropmail.me harakirimail.com kasmail.com meltmail.com
  minutemailbox.com no-spam.ws nowmymail.com objectmail.com onewaymail.com owlymail.com sneakemail.com
  spambog.com spambox.us spamex.com spamfree24.org spamgourmet.com spamhole.com spaml.com tempail.com tmail.ws tmpmail.org
  tmpmail.net anonbox.net armyspy.com cuvox.de dayrep.com einrot.com fleckens.hu gustr.com jourrapide.com rhyta.com
  superrito.com teleworm.us mail-temp.com crazymailing.com luxusmail.org internxt-temp.com 1secmail.com 1secmail.net
  1secmail.org esiix.com wwjmp.com xojxe.com yoggm.com
  `,
)
