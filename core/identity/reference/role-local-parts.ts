import { KEPT_BY_HAND, referenceList } from './list.ts'

/**
 * Local parts that name a function or a team, not a person; compared in lower case, without `.`, `-`, `_` and without
 * what follows a `+`.
 */
export const ROLE_LOCAL_PARTS = referenceList(
  'role-local-parts',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  info infos information contact contacts contactus hello hallo hey office team all everyone staff company mail email
  mailbox inbox post
  admin admins administrator administration sysadmin root superuser system webmaster hostmaster postmaster domains
  domainadmin itadmin it itsupport helpdesk servicedesk support supportteam help service services kundenservice
  customerservice customersupport customercare customersuccess care client clients
  billing billingteam invoice invoices invoicing rechnung rechnungen facturation factures fatturazione facturacion
  accounts accounting accountspayable accountsreceivable ap payable payables payments payment finance finances
  buchhaltung compta comptabilite contabilidad treasury procurement purchasing purchase einkauf orders order bestellung
  sales salesteam vertrieb ventas verkauf ventes presales bizdev businessdevelopment partners partner partnerships reseller
  marketing press presse media pr publicrelations news newsletter newsletters events event community social webinar
  hr humanresources people peopleops jobs job career careers recruiting recruitment recruiter talent bewerbung karriere
  legal compliance privacy dataprotection datenschutz dpo gdpr abuse security secops infosec trust copyright
  dev devs developer developers development engineering eng tech technical techteam technology devops ops operations
  infra infrastructure platform sre data analytics bi reporting reports qa quality product design research
  test tests testing tester demo demos sandbox staging trial
  ci cd cibot bot robot automation jenkins buildbot deploy monitoring alert alerts notification notifications notify
  feedback enquiries enquiry inquiries inquiry questions ask request requests register registration signup subscribe
  subscriptions licensing license licenses renewals account
  reception frontdesk secretary secretariat sekretariat assistant management direction director board ceo cfo cto
  headoffice hq shop store web website online portal api shared general group default user users guest anonymous
  `,
)

/** Last words, after a separator, of local parts that name a group: `web-team`, `tool-devel`. */
export const GROUP_ENDINGS = referenceList(
  'group-endings',
  '2026-11-21',
  KEPT_BY_HAND,
  'team teams group list lists devel developers maintainers packagers users announce discuss bugs commits owners members',
)

/** First labels of hosts that carry mailing lists alone. */
export const LIST_HOST_LABELS = referenceList(
  'list-host-labels',
  '2026-11-21',
  KEPT_BY_HAND,
  'lists list mailinglists listserv mailman lists-bounces',
)

/** Local parts that say what a person has an address for: one person's, but no name that goes from provider to provider. */
export const PURPOSE_LOCAL_PARTS = referenceList(
  'purpose-local-parts',
  '2026-11-21',
  KEPT_BY_HAND,
  `
  github gitlab bitbucket sourceforge launchpad stackoverflow twitter facebook linkedin google amazon paypal apple microsoft slack
  git svn cvs code coding coder hack hacker programmer programming software opensource oss foss linux unix kernel bsd gnu
  python rust java ruby rails perl golang node npm pypi cran latex emacs debian ubuntu fedora gentoo arch archlinux freebsd
  bugs bugzilla patch patches list lists mailinglist mailinglists maillist usenet
  work job office home house private personal public main primary other misc new old temp trash junk spam nospam antispam spambox
  me mine myself self family hi yo mails emails post postbox inbox address shopping travel study school university
  `,
)
