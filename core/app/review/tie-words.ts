import type { Output } from '#contract/contract'
import { emailReader } from '#identity'
import { readRecord, rowsBy } from '#store'
import { toolsOf } from './account-tools.ts'
import { domainsOf, fieldsOfAccounts, placeOf } from './card-fields.ts'
import { recordName } from './names.ts'
import type { Room } from './room.ts'
import { isPutOff, isTied, TIED, type Tie, tiesOf } from './ties.ts'
import type { Wanted } from './wanted.ts'

type Shown = Output<'review.queue'>['ties']
type Field = NonNullable<Shown['shown']>['fields'][number]

const MOST_SENTENCES = 20

/** Ties that records of a question wait in, those that were put off last; the one at the place that is asked for, in words. */
export function tiesShown(room: Room, { question, tie: place }: Pick<Wanted, 'question' | 'tie'>): Shown {
  if (!isTied(question)) return { total: 0, shown: null }
  const waiting = tiesOf(room).list.filter(tie => tie.waiting[question].length > 0)
  const own = [...waiting.filter(tie => !isPutOff(room, tie)), ...waiting.filter(tie => isPutOff(room, tie))]
  const tie = own[Math.min(place, own.length - 1)]
  return { total: own.length, shown: tie === undefined ? null : tieInWords(room, tie) }
}

/** The first ties in a sentence each, the accounts before it. */
export function tieSentences(room: Room): Readonly<{ total: number; sentences: string[] }> {
  const { list } = tiesOf(room)
  const sentences = list.slice(0, MOST_SENTENCES).map(tie => {
    const names = tie.accountIds.map(id => `${recordName(room.db, 'account', id).title} (${id})`)
    return `${names.join(' or ')}: ${sentenceOf(room, tie)}`
  })
  return { total: list.length, sentences }
}

function tieInWords(room: Room, tie: Tie): NonNullable<Shown['shown']> {
  const [a, b, ...more] = tie.accountIds
  const { companies, accounts, signups } = tie.waiting
  return {
    accounts: tie.accountIds.map(id => recordName(room.db, 'account', id)),
    sources: tie.accountIds.map(id => ({
      tools: [...toolsOf(room, id)],
      place: placeOf(readRecord(room.db, 'accounts', [id])),
    })),
    later: tie.leads[0] ?? null,
    isPutOff: isPutOff(room, tie),
    sentence: sentenceOf(room, tie),
    waiting: { companies: companies.length, accounts: accounts.length, signups: signups.length },
    fields:
      a === undefined || b === undefined || more.length > 0
        ? []
        : [...hanging(room, [a, b]), ...fieldsOfAccounts(room, a, b)],
  }
}

function sentenceOf(room: Room, tie: Tie): string {
  const all = tie.accountIds.length === 2 ? 'Both' : `All ${tie.accountIds.length}`
  const shared = sharedDomains(room, tie.accountIds)
  const fit = tie.isEven ? 'fit equally' : 'fit about as well'
  const why = shared.length === 0 ? `${all} ${fit}` : `${all} state ${shared.join(', ')} and ${fit}`
  const which = tie.accountIds.length === 2 ? 'which of the two' : 'which of them'
  const parts = TIED.flatMap(question => counted(tie.waiting[question].length, NOUNS[question]))
  const isOne = parts.length === 1 && parts[0]?.startsWith('1 ') === true
  return `${why}: ${listed(parts)} ${isOne ? 'waits' : 'wait'} for ${which} is right.`
}

const NOUNS = { companies: 'billing record', accounts: 'workspace', signups: 'new user' } as const

function counted(count: number, noun: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`]
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

/** Corporate domains that all of them state. */
function sharedDomains({ db, desk }: Room, accountIds: readonly string[]): readonly string[] {
  const read = emailReader(desk.settings.domains, desk.settings.words)
  const [first, ...others] = accountIds.map(id => domainsOf(readRecord(db, 'accounts', [id])?.fields ?? [], read))
  return (first ?? []).filter(domain => others.every(own => own.includes(domain)))
}

/** What hangs on each of two accounts in the CRM: what a duplicate mostly has nothing of. */
function hanging({ db }: Room, accountIds: readonly [string, string]): Field[] {
  return (['contacts', 'deals'] as const).flatMap((table): Field[] => {
    const [a, b] = accountIds.map(id => String(rowsBy(db, table, 'account_id', [id]).length))
    if (a === undefined || b === undefined || (a === '0' && b === '0')) return []
    return [{ name: table, left: a, right: b, state: a === b ? 'same' : 'different' }]
  })
}
