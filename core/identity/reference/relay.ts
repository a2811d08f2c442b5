import { KEPT_BY_HAND, referenceList } from './list.ts'

/**
 * Hosts that forward or swallow mail for somebody who stays unknown: private relays, alias services, code hosts' noreply
 * addresses, list and ticket gateways. A host counts with all its subdomains.
 */
export const RELAY_HOSTS = referenceList(
  'relay',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  privaterelay.appleid.com users.noreply.github.com noreply.github.com reply.github.com notifications.github.com
  users.noreply.gitlab.com noreply.gitlab.com incoming.gitlab.com users.noreply.bitbucket.org noreply.codeberg.org
  users.noreply.gitea.com mozmail.com relay.firefox.com duck.com simplelogin.co simplelogin.com simplelogin.fr
  slmail.me slmails.com aleeas.com 8alias.com 8shield.net dralias.com silomails.com anonaddy.com anonaddy.me addy.io
  addymail.com passmail.net passmail.com passinbox.com passfwd.com erine.email cloaked.id cloaked.com ironvest.com
  abinemail.com opayq.com blurmail.net emailias.com forwardemail.net improvmx.com
  googlegroups.com groups.io yahoogroups.com freelists.org
  docs.google.com calendar.google.com calendar-server.bounces.google.com group.calendar.google.com
  resource.calendar.google.com iam.gserviceaccount.com developer.gserviceaccount.com appspotmail.com
  facebookmail.com proxymail.facebook.com tfbnw.net linkedin.email
  marketplace.amazon.com marketplace.amazon.de marketplace.amazon.co.uk members.ebay.com
  reply.craigslist.org sale.craigslist.org hous.craigslist.org guest.booking.com guest.airbnb.com
  sendgrid.net mailgun.org mandrillapp.com amazonses.com sparkpostmail.com mcsv.net rsgsv.net mktomail.com
  intercom-mail.com inbound.intercom.io hs-inbox.com mail.front.com
  `,
)

/** Those of them that give each account one address of its own, for good: `handle@` or `number+handle@`. */
export const ACCOUNT_HOSTS = referenceList(
  'account-hosts',
  '2026-11-20',
  KEPT_BY_HAND,
  'users.noreply.github.com users.noreply.gitlab.com users.noreply.bitbucket.org noreply.codeberg.org users.noreply.gitea.com',
)

/** Local parts of addresses that nobody reads; compared without separators. */
export const NOREPLY_LOCAL_PARTS = referenceList(
  'noreply',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  noreply noreplies donotreply dontreply neverreply nepasrepondre noresponder nichtantworten
  mailerdaemon bounce bounces autoreply autoresponder automailer undisclosedrecipients nobody devnull unsubscribe
  `,
)
