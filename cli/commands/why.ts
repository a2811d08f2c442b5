import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { withExistingProject } from '../project.ts'
import { print, table } from '../terminal.ts'

type Options = Readonly<{ project: string; workspaces?: true; json?: true }>

/** `pql why A B`: why two records are or are not one. */
export function addWhy(program: Command): void {
  program
    .command('why')
    .description('say why two users, or two workspaces, are or are not one')
    .argument('<a>', 'id of a user, or of a person, also a former one; with --workspaces workspace id')
    .argument('<b>', 'the other one')
    .requiredOption('--project <file>', 'project file')
    .option('--workspaces', 'the ids are of workspaces')
    .option('--json', 'print JSON')
    .action(async (a: string, b: string, options: Options) => {
      const question = options.workspaces === true ? 'workspaces' : 'persons'
      const result = await withExistingProject(options.project, session =>
        session.client['identity.why']({ question, a, b }, session.options),
      )
      print(options.json === true ? JSON.stringify(result, null, 2) : whyText(result))
    })
}

function whyText(why: Output<'identity.why'>): string {
  const { led, sentence, waterfall, bits, path, refusals, sharedKeys, cheapestFlip } = why
  const parts = [...led, sentence]
  if (waterfall.length > 0 && bits !== null) {
    const lines = waterfall.map(line => [line.comparison, line.level, line.value, String(line.bits)])
    parts.push('', table([['evidence', 'level', 'value', 'bits'], ...lines, ['total', '', '', String(bits)]]))
  }
  if (sharedKeys.length > 0) parts.push('', `Compared because of: ${sharedKeys.join(', ')}`)
  if (path.length > 0) {
    const steps = path.map(step => [
      step.a,
      step.b,
      step.decisionNo === null ? 'evidence' : `answer ${step.decisionNo}`,
      step.bits === null ? '' : String(step.bits),
    ])
    parts.push('', table([['from', 'to', 'by', 'bits'], ...steps]))
  }
  for (const refusal of refusals) parts.push('', refusal.sentence)
  if (cheapestFlip !== null) parts.push('', cheapestFlip)
  return parts.join('\n')
}
