import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { bitsText } from '#lib/num'
import { printedBits } from '#lib/round-to-sum'
import { companiesText } from '../companies-text.ts'
import type { Session } from '../engine.ts'
import { personText } from '../person-text.ts'
import { withExistingProject } from '../project.ts'
import { recordIdOf } from '../record-by-name.ts'
import { print, table } from '../terminal.ts'

type Options = Readonly<{ project: string; workspaces?: true; json?: true }>

/**
 * `pql why A B`: why two records are or are not one; `pql why A`: who one is, and how far that person has come, or whose people are in
 * a workspace.
 */
export function addWhy(program: Command): void {
  program
    .command('why')
    .description(
      'say why two users, or two workspaces, are or are not one; with one user, who that person is; with one workspace, whose people are in it',
    )
    .argument(
      '<a>',
      'id, address or name of a user, or id of a person, also a former one; with --workspaces of a workspace',
    )
    .argument(
      '[b]',
      'the other one; without it the records, values and steps of the person of the first, or the companies in the workspace',
    )
    .requiredOption('--project <file>', 'project file')
    .option('--workspaces', 'workspaces are meant, by id, name or domain')
    .option('--json', 'print JSON')
    .action(async (a: string, b: string | undefined, options: Options) => {
      const { result, text } = await withExistingProject(options.project, async session =>
        b === undefined ? await whoIs(session, a, options) : await whyBoth(session, [a, b], options),
      )
      print(options.json === true ? JSON.stringify(result, null, 2) : text)
    })
}

type Said = Readonly<{ result: unknown; text: string }>

async function whyBoth(session: Session, [a, b]: readonly [string, string], options: Options): Promise<Said> {
  const question = options.workspaces === true ? 'workspaces' : 'persons'
  const object = options.workspaces === true ? 'workspace' : 'user'
  const [one, other] = [await recordIdOf(session, object, a), await recordIdOf(session, object, b)]
  const result = await session.client['identity.why']({ question, a: one, b: other }, session.options)
  if (question === 'persons') return { result, text: whyText(result) }
  const both = [await companiesOf(session, one), await companiesOf(session, other)]
  const mixed = both.filter(
    ({ composition: { companies, pairs, rivals } }) => companies.length > 1 || pairs.length > 0 || rivals.length > 0,
  )
  return { result, text: [whyText(result), ...mixed.map(companiesText)].join('\n\n') }
}

async function companiesOf({ client, options }: Session, id: string): Promise<Output<'identity.workspace'>> {
  return await client['identity.workspace']({ id }, options)
}

async function whoIs(session: Session, a: string, options: Options): Promise<Said> {
  if (options.workspaces === true) {
    const companies = await companiesOf(session, await recordIdOf(session, 'workspace', a))
    return { result: companies, text: companiesText(companies) }
  }
  const id = await recordIdOf(session, 'user', a)
  const result = await session.client['identity.person']({ id }, session.options)
  return { result, text: personText(result) }
}

function whyText(why: Output<'identity.why'>): string {
  const { isOne, led, sentence, waterfall, bits, path, refusals, sharedKeys, words, cheapestFlip } = why
  const parts = [...led, sentence]
  if (waterfall.length > 0 && bits !== null) {
    const printed = printedBits(waterfall.map(line => line.bits))
    const lines = waterfall.map((line, i) => [
      line.comparison,
      line.level,
      line.value,
      bitsText(printed[i] ?? line.bits),
    ])
    parts.push('', table([['evidence', 'level', 'value', 'bits'], ...lines, ['total', '', '', bitsText(bits)]]))
  }
  if (sharedKeys.length > 0) parts.push('', `Compared because of: ${sharedKeys.join(', ')}`)
  if (path.length > 0) {
    const steps = path.map(step => [
      step.a,
      step.b,
      step.decisionNo === null ? 'evidence' : `answer ${step.decisionNo}`,
      step.bits === null ? '' : bitsText(step.bits),
    ])
    const head = isOne ? 'Joined by:' : 'What comes nearest to joining them:'
    parts.push('', head, table([['from', 'to', 'by', 'bits'], ...steps]))
  }
  if (words.length > 0) parts.push('', ...words)
  for (const refusal of refusals) parts.push('', refusal.sentence)
  if (cheapestFlip !== null) parts.push('', cheapestFlip)
  return parts.join('\n')
}
