import { KEPT_BY_HAND, referenceList } from './list.ts'

/** Titles before or after a person's name; folded, without dots. */
export const HONORIFICS = referenceList(
  'honorifics',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  mr mrs ms miss mx dr prof professor sir madam dame lord lady rev reverend fr father sr sra srta herr frau hr fru mme mlle
  monsieur madame mademoiselle dott dottssa ing dipl diplom mag don dona senor senora senhor hon judge capt captain col
  colonel maj major gen general lt sgt eng engr arch adv shri smt kumari
  `,
)

/** What follows a name and is no part of it. */
export const NAME_SUFFIXES = referenceList(
  'name-suffixes',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  jr junior sr senior ii iii iv phd md mba msc bsc llb llm esq cpa pmp cissp rn dds dvm jd
  mphil dphil edd cfa facs frcp obe mbe cbe
  `,
)

/** Small words within family names: `van der Berg`, `de la Cruz`. They may be missing or stand with the name. */
export const PARTICLES = referenceList(
  'particles',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  van von der den ter ten te de del della di da do dos das du des la le los las el al bin ibn ben bint abu zu zum zur vom
  af av auf y e i st saint san santa mac mc o d l
  `,
)

/** Names that are nobody's: accounts of machines and teams, and what forms are filled in with. */
export const GENERIC_PERSON_NAMES = referenceList(
  'generic-person-names',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  root admin administrator sysadmin superuser system unknown anonymous anon nobody none noone user username users guest test tester
  testing testuser demo dev developer developers devops ops build builder buildbot bot robot ci jenkins travis hudson git github gitlab svn cvs
  hg mercurial cvsuser apache www wwwdata ubuntu debian fedora centos vagrant docker ec2user pi deploy deployer deployment service
  support info sales marketing contact office team staff owner master default sample example name firstname lastname fullname
  yourname myname me myself you somebody someone person customer client member account noname notset undefined null na
  nil empty blank temp tmp temporary foo bar foobar baz qux asdf qwerty xxx abc webmaster postmaster hostmaster daemon mailer
  mailerdaemon noreply donotreply automation automated autobot dependabot renovate greenkeeper bors merge mergebot release releasebot
  localhost local home laptop desktop pc mac macbook computer workstation server host new newuser invite invited
  noauthor author committer your no
  `,
)

/** Last words of names that a group goes by: `Acme Support Team`, `Python Maintainers`, `Deploy Bot`. */
export const GROUP_NAME_ENDINGS = referenceList(
  'group-name-endings',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  team teams maintainers maintainer developers group groups project projects list lists bot robot support services service
  authors contributors community organization organisation foundation committee department dept office staff crew admins
  administrators administrator account accounts builder system server daemon agent users packagers packager packages
  `,
)
