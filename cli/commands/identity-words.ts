import type { Command } from 'commander'
import type { Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
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
      const given = [...add, ...remove, ...reset]
      const lists = named === undefined && given.length === 0 ? LISTS : [listNamed(named)]
      const wanted = [
        ...add.map(entry => ({ entry, isIn: true })),
        ...remove.map(entry => ({ entry, isIn: false })),
        ...reset.map(entry => ({ entry, isIn: null })),
      ]
      const changed = await withExistingProject(project, async session => {
        for (const one of wanted)
          for (const list of lists) await session.client['identity.setWord']({ list, ...one }, session.options)
        const pages: Changed[] = []
        for (const list of lists)
          pages.push({
            list,
            ...(await session.client['identity.words']({ list, limit: MOST_CHANGES }, session.options)),
          })
        return pages.flatMap(changesOf)
      })
      if (json === true) print(JSON.stringify({ changed }, null, 2))
      else if (changed.length === 0) print('The lists are as shipped.')
      else print(table([['list', 'entry', 'in this project'], ...changed.map(own => [own.list, own.entry, own.state])]))
    })
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
