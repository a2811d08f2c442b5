import type { Output } from '#contract/contract'
import { bitsText } from '#lib/num'
import { table } from './terminal.ts'

type Companies = Output<'identity.workspace'>

/** Whose people are in a workspace, as text: its account, then companies by how many people they have there. */
export function companiesText({
  workspace,
  account,
  composition: { companies, others, pairs, rivals },
  candidates,
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
    ...candidatesText(workspace.key, candidates),
  ].join('\n')
}

/** All accounts that it may be of, and the workspaces that it is compared with. */
function candidatesText(workspaceId: string, candidates: Companies['candidates']): readonly string[] {
  const rows = candidates.flatMap(({ pair, left, right, relation, bits, band, strongest }) => {
    const other = pair.a === workspaceId ? right : left
    if (other === null) return []
    const what = pair.question === 'accounts' ? 'account' : `workspace (${relation})`
    return [[`${other.title} (${other.key})`, what, bits === null ? '' : bitsText(bits), band, strongest]]
  })
  return rows.length === 0 ? [] : ['', table([['candidate', 'as', 'bits', 'band', 'evidence'], ...rows])]
}
