import type { Output } from '#contract/contract'
import type { ReadingOptions } from './options.ts'
import { note } from './terminal.ts'

type Read = Pick<Output<'import.run'>['files'][number], 'file' | 'answered'>
type Inspected = Output<'import.inspect'>['files']
type Answer = Exclude<keyof ReadingOptions, 'encoding'>

/** Each answer's flag, and why a file takes none of it. */
const ANSWERS: Readonly<Record<Answer, readonly [flag: string, otherwise: string]>> = {
  dateOrder: ['--date-order', 'their dates leave no order open'],
  dateFormat: ['--date-format', 'no date of theirs is written so'],
  decimal: ['--decimal', 'their numbers leave no decimal mark open'],
  timeZone: ['--time-zone', 'none of their times is without an offset'],
  recordsAt: ['--records-at', 'they have no such list'],
  escape: ['--escape', 'they are not delimited'],
}

/**
 * Says which files took an answer that was given for all of them: nothing where all did. Of a file that feeds several tables, one is
 * enough.
 */
export function noteAnswers(files: readonly Read[], options: ReadingOptions): void {
  for (const [name, [flag, otherwise]] of Object.entries(ANSWERS)) {
    const answer = options[name as Answer] // the names are those of the list
    const known = files.filter(({ answered }) => answered !== undefined)
    const taken = namesOf(known.filter(({ answered = [] }) => (answered as readonly string[]).includes(name)))
    if (answer === undefined || known.length === 0 || taken.length === namesOf(known).length) continue
    if (taken.length === 0) note(`${flag} ${answer} decided nothing in any file: ${otherwise}`)
    else
      note(
        `${flag} ${answer} decided how ${taken.join(', ')} ${isOrAre(taken)} read; in the other files nothing: ${otherwise}`,
      )
  }
}

const isOrAre = ({ length }: readonly unknown[]): string => (length === 1 ? 'is' : 'are')

/** Says which files the mappings of a file are for, and which fit none: nothing where all files are read by one. */
export function noteMappings(files: Inspected, given: readonly Readonly<{ source: string }>[]): void {
  const fed = files.filter(({ table }) => table !== null)
  const isRead = (plan: Inspected[number], source: string): boolean =>
    plan.recognition?.by === 'mapping' && plan.origin === source
  const unused = given.filter(({ source }) => !files.some(plan => isRead(plan, source)))
  // An import refuses mappings of which none fits.
  if (unused.length > 0 && unused.length < given.length)
    note(`--map: ${unused.map(({ source }) => `"${source}"`).join(', ')} ${isOrAre(unused)} for none of the files`)
  const taken = namesOf(fed.filter(plan => given.some(({ source }) => isRead(plan, source))))
  if (taken.length > 0 && taken.length < namesOf(fed).length)
    note(`--map decided how ${taken.join(', ')} ${isOrAre(taken)} read; the other files are read as without it`)
}

function namesOf(files: readonly Readonly<{ file: string }>[]): readonly string[] {
  return [...new Set(files.map(({ file }) => file))]
}
