import type { Output } from '#contract/contract'
import { formatInstant } from '#lib/time'
import { table } from './terminal.ts'

type Page = Output<'identity.person'>

/** A person as text: its records, the values that hold, and its steps with what shows each. */
export function personText({ personId, led, users, contacts, fields, ladder, memberships = [] }: Page): string {
  const records = [
    ...users.map(({ key, title, subtitle }) => ['user', key, title, subtitle ?? '']),
    ...contacts.map(({ key, title, subtitle }) => ['contact', key, title, subtitle ?? '']),
  ]
  const parts = [
    ...(led === null ? [] : [led]),
    `Person ${personId}`,
    '',
    table([['record', 'id', 'name', 'email'], ...records]),
  ]
  if (fields.length > 0) {
    const values = fields.map(({ field, value, reason }) => [field, value, reason ?? ''])
    parts.push('', table([['field', 'value', 'holds by'], ...values]))
  }
  if (ladder.length > 0) {
    const steps = ladder.map(({ step, at, dating, evidence }) => [
      step.replaceAll('_', ' '),
      at === null ? 'not known' : `${formatInstant(at)}${dating === 'at' ? '' : ' or later'}`,
      evidence,
    ])
    parts.push('', table([['step', 'since', 'shown by'], ...steps]))
  }
  if (memberships.length > 0) {
    const rows = memberships.map(({ workspace, role, lastActiveAt, invitationSource }) => [
      workspace.title === workspace.key ? workspace.key : `${workspace.title} (${workspace.key})`,
      role ?? '',
      lastActiveAt === null ? '' : formatInstant(lastActiveAt),
      invitationSource ?? '',
    ])
    parts.push('', table([['member of', 'role', 'last active', 'invited by'], ...rows]))
  }
  return parts.join('\n')
}
