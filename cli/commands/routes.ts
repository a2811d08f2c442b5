import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { withExistingProject } from '../project.ts'
import { print, table } from '../terminal.ts'
import { unitIdOf } from '../unit-by-name.ts'

type Explained = Output<'routing.explain'>
type Rule = Explained['rules'][number]

/** `pql routes explain`: why a workspace goes where it goes. */
export function addRoutes(program: Command): void {
  const routes = program.command('routes').description('look into the routing rules')
  routes
    .command('explain')
    .description('print why a workspace of the newest scores goes where it goes')
    .argument('<workspace>', 'id or name of the workspace')
    .requiredOption('--project <file>', 'project file')
    .option('--json', 'print JSON')
    .action(async (called: string, options: Readonly<{ project: string; json?: true }>) => {
      const explained = await withExistingProject(options.project, async session => {
        const unitId = await unitIdOf(session, called, 'workspace')
        return await session.client['routing.explain']({ unitId })
      })
      print(options.json === true ? JSON.stringify(explained, null, 2) : summary(explained))
    })
  routes
    .command('check')
    .description('print what each rule comes to on the newest scores')
    .requiredOption('--project <file>', 'project file')
    .option('--json', 'print JSON')
    .action(async (options: Readonly<{ project: string; json?: true }>) => {
      const checked = await withExistingProject(options.project, async ({ client }) => {
        const { policy } = await client['routing.policy']({})
        return await client['routing.check']({ json: JSON.stringify(policy) })
      })
      print(options.json === true ? JSON.stringify(checked, null, 2) : checkSummary(checked))
    })
  for (const command of routes.commands) command.exitOverride()
}

function checkSummary({ rules, gaps, units }: Output<'routing.check'>): string {
  const rows = rules.map(rule => [
    rule.ruleId,
    rule.title,
    rule.destination,
    String(rule.decides),
    String(rule.holdsFor),
    rule.shadowedBy.length === 0 ? '' : `never decides: rule ${rule.shadowedBy.join(' and ')} comes first`,
  ])
  return [
    table([['rule', 'title', 'goes to', 'decides', 'holds for', ''], ...rows]),
    '',
    `${gaps.units} of ${units} workspaces meet nothing but the last rule.`,
  ].join('\n')
}

function summary({ unit, destination, also, rules, suppressions, owner }: Explained): string {
  const holding = suppressions.filter(({ holds }) => holds)
  return [
    `${unit.unitId}${unit.unitName === null ? '' : ` (${unit.unitName})`}: ${unit.stage}, score ${unit.score.toFixed(1)}`,
    `goes to ${[destination, ...also].join(', ')}`,
    '',
    ...rules.flatMap(ruleLines),
    '',
    holding.length === 0 ? 'Nothing stops it.' : 'Reasons to leave it alone:',
    ...holding.flatMap(({ title, stops, evidence }) => [
      `  ${title}${stops.length === 0 ? ', stops none of its channels' : `, stops ${stops.join(', ')}`}`,
      ...evidence.map(({ table: name, key, text }) => `    ${name} ${key}: ${text}`),
    ]),
    '',
    `Team: ${owner.team ?? 'none'}, owner: ${owner.ownerName ?? owner.owner ?? 'nobody'}${owner.isOverCapacity ? ', over capacity' : ''}`,
    ...owner.steps.map(({ text, isTaken }) => `  ${isTaken ? '>' : ' '} ${text}`),
  ].join('\n')
}

function ruleLines(rule: Rule): readonly string[] {
  const mark = rule.decides
    ? 'decides'
    : rule.isReached
      ? 'does not hold'
      : rule.holds
        ? 'would hold'
        : 'would not hold'
  const test = ({ sentence, value, holds }: Rule['all'][number]): string =>
    `${holds ? '+' : '-'} ${sentence} (is: ${value})`
  return [
    `rule ${rule.ruleId}, ${rule.title}: ${mark}`,
    ...rule.all.map(one => `    ${test(one)}`),
    ...(rule.any.length === 0 ? [] : ['    at least one of:', ...rule.any.map(one => `      ${test(one)}`)]),
    ...(rule.decides
      ? rule.channels.flatMap(({ use, channel, holds, all }) => [
          `    ${use === 'also' ? 'also' : 'instead'} ${channel}: ${holds ? 'yes' : 'no'}`,
          ...all.map(one => `      ${test(one)}`),
        ])
      : []),
  ]
}
