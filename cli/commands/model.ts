import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { withSession } from '../engine.ts'
import { EXIT_HELD } from '../exit.ts'
import { readNamed, withExistingProject } from '../project.ts'
import { applyModel } from '../steps.ts'
import { fromCaller, print, table } from '../terminal.ts'

type ProjectOption = Readonly<{ project: string }>
type Lint = Output<'model.lint'>
type Change = Output<'model.diff'>['changes'][number]

/** `pql model`: the scoring model of a project as a file, its faults, versions and differences. */
export function addModel(program: Command, setExit: (code: number) => void): void {
  const command = program.command('model').description('the scoring model: export, lint, diff, apply, versions')
  addModelExport(command)
  command
    .command('lint')
    .description('say what is wrong with a model file, and what is to be known of it; code 3 where it is no model')
    .argument('<file>', 'scoring model, a JSON file')
    .option('--project <file>', 'project whose newest scores tell which kinds have events')
    .option('--json', 'print JSON')
    .action(async (file: string, { project, json }: Readonly<{ project?: string; json?: true }>) => {
      const text = readNamed(file)
      const lint = await (project === undefined
        ? withSession(session => session.client['model.lint']({ json: text }))
        : withExistingProject(project, session => session.client['model.lint']({ json: text })))
      print(json === true ? JSON.stringify(lint, null, 2) : lintText(lint))
      if (!lint.isValid) setExit(EXIT_HELD)
    })
  command
    .command('diff')
    .description('print what differs between the model in force, or a version, and a file')
    .argument('<file>', 'scoring model, a JSON file')
    .requiredOption('--project <file>', 'project file')
    .option('--from <hash>', 'a version of the project (default: the model in force)')
    .option('--json', 'print JSON')
    .action(async (file: string, options: ProjectOption & Readonly<{ from?: string; json?: true }>) => {
      const to = { json: readNamed(file) }
      const { changes } = await withExistingProject(options.project, session =>
        session.client['model.diff']({ from: options.from ?? null, to }),
      )
      print(options.json === true ? JSON.stringify(changes, null, 2) : changesText(changes))
    })
  command
    .command('apply')
    .description('bring a model file into force as a new version; nothing is scored yet')
    .argument('<file>', 'scoring model, a JSON file')
    .requiredOption('--project <file>', 'project file')
    .action(async (file: string, { project }: ProjectOption) => {
      const model = { path: file, text: readNamed(file) }
      await withExistingProject(project, session => applyModel(session, { model, routing: null }))
      print(`${file} is in force; pql score --project ${project} scores by it`)
    })
  addVersions(command)
}

function addModelExport(command: Command): void {
  command
    .command('export')
    .description('print the model in force, a version of it, or a preset, as JSON')
    .option('--project <file>', 'project file')
    .option('--version-hash <hash>', 'a version of the project (default: the model in force)')
    .option('--preset <id>', 'recipe, checklist, mid-market or enterprise; needs no project')
    .option('--out <file>', 'write to this file')
    .action(async (options: Readonly<{ project?: string; versionHash?: string; preset?: string; out?: string }>) => {
      const { preset, out } = options
      const json = preset === undefined ? await projectModel(options) : await presetModel(preset)
      if (out === undefined) print(json)
      else writeFileSync(fromCaller(out), `${json}\n`)
    })
}

async function projectModel({
  project,
  versionHash: hash,
}: Readonly<{ project?: string; versionHash?: string }>): Promise<string> {
  if (project === undefined)
    throw new AppError('usage/bad-argument', 'pql model export needs --project <file> or --preset <id>')
  const asked = hash === undefined ? {} : { hash }
  return await withExistingProject(project, async ({ client }) => (await client['model.get'](asked)).json)
}

async function presetModel(id: string): Promise<string> {
  const { presets } = await withSession(session => session.client['model.presets']({}))
  const found = presets.find(preset => preset.id === id)
  if (found !== undefined) return found.json
  const known = presets.map(preset => preset.id).join(', ')
  throw new AppError('usage/bad-argument', `there is no preset ${id}; expected one of ${known}`, { preset: id })
}

function addVersions(command: Command): void {
  command
    .command('versions')
    .description('print every version of the model, the newest first')
    .requiredOption('--project <file>', 'project file')
    .option('--json', 'print JSON')
    .action(async ({ project, json }: ProjectOption & Readonly<{ json?: true }>) => {
      const { versions } = await withExistingProject(project, ({ client }) => client['model.versions']({}))
      if (json === true) return print(JSON.stringify(versions, null, 2))
      const rows = versions.map(one => [
        one.hash,
        one.name,
        one.kind,
        one.createdAt === null ? 'default' : new Date(one.createdAt).toISOString().slice(0, 16),
        one.isInForce ? 'in force' : '',
        String(one.runs),
      ])
      print(table([['hash', 'name', 'kind', 'since', '', 'runs'], ...rows]))
    })
  command
    .command('revert')
    .description('bring an earlier version into force again')
    .argument('<hash>', 'hash of the version, as pql model versions prints it')
    .requiredOption('--project <file>', 'project file')
    .action(async (hash: string, { project }: ProjectOption) => {
      const { name } = await withExistingProject(project, ({ client }) => client['model.revert']({ hash }))
      print(`${name} is in force again`)
    })
}

function lintText({ isValid, name, faults, findings, reach }: Lint): string {
  if (!isValid) return ['not a model', ...faults.map(({ path, message }) => `  ${path}: ${message}`)].join('\n')
  const found = findings.map(({ level, path, message }) => `  ${level.padEnd(7)}  ${path}: ${message}`)
  const most = reach === null ? '' : `, at most ${reach.total} points`
  return [`${name}: a model${most}, ${findings.length} findings`, ...found].join('\n')
}

function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'no difference'
  const rows = changes.map(({ path, kind, from, to }) => [kind, path.join('.'), shown(from), shown(to)])
  return table([['change', 'where', 'from', 'to'], ...rows])
}

function shown(value: Change['from']): string {
  const text = value === null ? '' : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
