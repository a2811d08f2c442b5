import { emailReader } from '#identity'
import { finish } from '#lib/steps'
import { type ContactLink, contactLinkSteps } from '#route'
import type { Person } from '#schema/unit'

type Tables = Parameters<typeof contactLinkSteps>[0]

/** Whom contacts stand for by the shipped word lists; each user is one person where no persons are given. */
export function linksOf(tables: Tables, persons?: readonly Person[]): readonly ContactLink[] {
  return finish(contactLinkSteps(tables, persons, emailReader()))
}
