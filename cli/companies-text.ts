import type { Output } from '#contract/contract'
import { table } from './terminal.ts'

type Companies = Output<'identity.workspace'>

/** Whose people are in a workspace, as text: its account, then companies by how many people they have there. */
export function companiesText({
  workspace,
  account,
  composition: { companies, others, pairs, rivals },
}: Companies): string {
  const name = workspace.title === workspace.key ? workspace.key : `${workspace.title} (${workspace.key})`
  const own = account === null ? 'has no account' : `is of ${account.title} (${account.key})`
  const rows = companies.map(({ domain, persons, account: theirs, accounts, isSecond }) => [
    domain,
    String(persons),
    theirs === null ? (accounts === 0 ? '' : `${accounts} accounts`) : `${theirs.title} (${theirs.key})`,
    isSecond ? 'second account' : '',
  ])
  return [
    `${name} ${own}.`,
    ...(rows.length === 0 ? [] : ['', table([['people of', 'people', 'account', ''], ...rows])]),
    ...pairs.flatMap(({ account: one, billing, sentence }) => [
      '',
      `${one.title} (${one.key}) and the billing record ${billing.title} (${billing.key}): ${sentence}`,
    ]),
    ...rivals.flatMap(({ a, b, sentence }) => ['', `${a.title} (${a.key}) and ${b.title} (${b.key}): ${sentence}`]),
    ...(others === 0 ? [] : ['', `Without an address of a company: ${others}`]),
  ].join('\n')
}
