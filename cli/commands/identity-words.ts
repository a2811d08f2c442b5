import type { Command } from 'commander'
import type { Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Session } from '../engine.ts'
import { withExistingProject } from '../project.ts'
import { print, table } from '../terminal.ts'

type Options = Readonly<{
  project?: string
  list?: string
  add?: string[]
  remove?: string[]
  reset?: string[]
  json?: true
}>
type List = Input<'identity.words'>['list']

/** The project's own entries come first. */
const MOST_CHANGES = 500
const LISTS: readonly List[] = ['placeholder', 'role_inbox', 'legal_form', 'nickname']

/** `pql identity words`: the lists that values are read by, as a project has changed them. */
export function addWords(command: Command): void {
  command
    .command('words')
    .description('show which entries of the lists of words a project has changed, add some or take them away')
    .option('--list <list>', `one of ${LISTS.join(', ')}`)
    .option('--add <entries...>', 'entries that belong to the list: "n.v.t.", info, "pty ltd", robert:bob')
    .option('--remove <entries...>', 'entries that do not belong to it in this project')
    .option('--reset <entries...>', 'entries that are to be as shipped again')
    .action(async (_options: unknown, words: Command) => {
      const { project, list: named, add = [], remove = [], reset = [], json } = words.optsWithGlobals<Options>()
      if (project === undefined) throw new AppError('usage/bad-argument', '--project <file> is missing', {})
      const wanted: readonly Wanted[] = [
        ...add.map(entry => ({ entry, isIn: true })),
        ...remove.map(entry => ({ entry, isIn: false })),
        ...reset.map(entry => ({ entry, isIn: null })),
      ]
      const list = named === undefined && wanted.length === 0 ? null : listNamed(named)
      const { told, changed } = await withExistingProject(project, async session => ({
        told: list === null ? [] : await setAll(session, list, wanted),
        // What is changed now is told of every list, whichever was asked to change.
        changed: await changedIn(session, list === null || wanted.length > 0 ? LISTS : [list]),
      }))
      if (json === true) return print(JSON.stringify({ told, changed }, null, 2))
      const none = list === null || wanted.length > 0 ? 'The lists are as shipped.' : `The list ${list} is as shipped.`
      const rows = changed.map(own => [own.list, own.entry, own.state])
      print([...told, changed.length === 0 ? none : table([['list', 'entry', 'in this project'], ...rows])].join('\n'))
    })
}

/** An entry that is to be on a list, off it, or (null) as shipped. */
type Wanted = Readonly<{ entry: string; isIn: boolean | null }>

/** Says of entries what they are to be; one sentence each on what that came to. */
async function setAll({ client, options }: Session, list: List, wanted: readonly Wanted[]): Promise<readonly string[]> {
  const told: string[] = []
  for (const { entry: given, isIn } of wanted) {
    const { decisionNo, entry } = await client['identity.setWord']({ list, entry: given, isIn }, options)
    const { entries } = await client['identity.words']({ list, search: entry, limit: MOST_CHANGES }, options)
    const state = entries.find(known => known.entry === entry)?.state ?? null
    told.push(`"${entry}" ${decisionNo === null ? asItWas(list, isIn, state) : asItIs(list, state)}`)
  }
  return told
}

type State = Output<'identity.words'>['entries'][number]['state'] | null

function asItWas(list: List, isIn: boolean | null, state: State): string {
  if (isIn === null) return `is as shipped already: ${state === null ? 'not ' : ''}on the list ${list}`
  if (isIn) return state === 'added' ? `was added to ${list} before` : `is on the shipped list ${list} already`
  return state === 'removed' ? `was removed from ${list} before` : `is not on the list ${list}`
}

function asItIs(list: List, state: State): string {
  if (state === 'added') return `is added to ${list}`
  if (state === 'removed') return `is removed from ${list}`
  return `is as shipped again: ${state === null ? 'not ' : ''}on the list ${list}`
}

async function changedIn({ client, options }: Session, lists: readonly List[]): Promise<ReturnType<typeof changesOf>> {
  const changed: ReturnType<typeof changesOf> = []
  for (const list of lists)
    changed.push(...changesOf({ list, ...(await client['identity.words']({ list, limit: MOST_CHANGES }, options)) }))
  return changed
}

type Changed = Output<'identity.words'> & Readonly<{ list: List }>

function changesOf({ list, entries }: Changed): { list: List; entry: string; state: string }[] {
  return entries.flatMap(({ entry, state }) => (state === 'shipped' ? [] : [{ list, entry, state }]))
}

function listNamed(text: string | undefined): List {
  const list = LISTS.find(known => known === text)
  if (list !== undefined) return list
  throw new AppError(
    'usage/bad-argument',
    `--list is one of ${LISTS.join(', ')}${text === undefined ? '' : `, not "${text}"`}`,
    {
      option: '--list',
    },
  )
}
