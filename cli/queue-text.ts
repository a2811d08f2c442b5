import type { Output } from '#contract/contract'
import { bitsText } from '#lib/num'
import type { Session } from './engine.ts'
import { table } from './terminal.ts'

type Overview = Output<'identity.overview'>
type Queue = Output<'review.queue'>
type Candidate = Queue['candidates'][number]

type Page = Pick<Queue, 'matching' | 'candidates'>

/** What is asked first of a question, and the answers about it that wait to be confirmed again. */
export type QueueHead = Readonly<{
  question: Overview['counts'][number]['question']
  /** Of which of several accounts is right, to be said before them. */
  ties: Queue['ties']
  waiting: Page
  reconfirm: Page
}>

const BANDS = ['auto', 'review', 'ambiguous', 'following', 'decided', 'reconfirm'] as const
const MOST_SHOWN = 5
const MOST_RECONFIRMED = 50

/** The first candidates of each question that has some. */
export async function queueHeads(
  { client, options }: Session,
  counts: Overview['counts'],
): Promise<readonly QueueHead[]> {
  const heads: QueueHead[] = []
  for (const { question, review, ambiguous, reconfirm } of counts) {
    if (review + ambiguous + reconfirm === 0) continue
    const wanted = { question, foldsTies: true }
    const first = await client['review.queue'](
      { ...wanted, bands: ['review', 'ambiguous'], limit: MOST_SHOWN },
      options,
    )
    const again = await client['review.queue']({ ...wanted, bands: ['reconfirm'], limit: MOST_RECONFIRMED }, options)
    heads.push({ question, ties: first.ties, waiting: pageOf(first), reconfirm: pageOf(again) })
  }
  return heads
}

function pageOf({ matching, candidates }: Queue): Page {
  return { matching, candidates }
}

/** How many candidates of each question stand where. */
export function countsText(counts: Overview['counts']): string {
  const rows = counts.map(own => [own.question, ...BANDS.map(band => String(own[band]))])
  return table([['question', ...BANDS], ...rows])
}

/** Where the questions stand and what is asked first, as text. */
export function queueText(counts: Overview['counts'], heads: readonly QueueHead[]): string {
  return [
    countsText(counts),
    '',
    ...heads.flatMap(({ question, ties, waiting }) => [
      ...tieText(question, ties),
      ...listText(`Asked next about ${question}:`, waiting),
    ]),
    ...reconfirmText(heads),
    'Nothing was written; --out <folder> writes the files of who is who.',
  ].join('\n')
}

/** Answers whose evidence has changed since, which wait to be confirmed again. Empty without any. */
export function reconfirmText(heads: readonly QueueHead[]): readonly string[] {
  return heads.flatMap(({ question, reconfirm }) =>
    listText(`Answers about ${question} that wait to be confirmed again, as their evidence has changed:`, reconfirm),
  )
}

function tieText(question: QueueHead['question'], { total, shown }: Queue['ties']): readonly string[] {
  if (shown === null) return []
  const more = total === 1 ? '' : ` (and ${total - 1} more)`
  const accounts = shown.accounts.map(named).join(' or ')
  return [`Asked first about ${question}, in the app under Identity${more}:`, `  ${accounts}: ${shown.sentence}`, '']
}

function listText(title: string, { matching, candidates }: Page): readonly string[] {
  if (candidates.length === 0) return []
  const rows = candidates.map(({ left, right, bits, strongest }) => [
    named(left),
    right === null ? '' : named(right),
    bits === null ? '' : bitsText(bits),
    strongest,
  ])
  const more = matching - candidates.length
  return [title, table([['a', 'b', 'bits', 'evidence'], ...rows]), ...(more === 0 ? [] : [`and ${more} more`]), '']
}

function named({ key, title }: Candidate['left']): string {
  return title === key ? key : `${title} (${key})`
}
