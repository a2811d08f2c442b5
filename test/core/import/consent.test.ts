import { describe, expect, test } from 'vitest'
import { looksLikeConsent, OPT_OUTS } from '../../../core/import/consent.ts'
import { column, type FileRead, readFile } from './read-file.ts'

const optedOut = (read: FileRead): readonly unknown[] => column(read, 'opted_out').map(value => value ?? null)

const consentNotes = ({ result }: FileRead): readonly string[] =>
  result.notes.filter(({ code }) => code === 'note/consent').map(({ message }) => message)

const contacts = (header: string, ...cells: readonly string[]): FileRead =>
  readFile(
    'contacts.csv',
    `contact_id,email,${header}\n${cells.map((cell, i) => `c${i},c${i}@x.example,${cell}\n`).join('')}`,
  )

describe('who may be written to', () => {
  test.each([
    'opted_out',
    'Unsubscribed',
    'Unsubscribed from Emails',
    'Email Opt Out',
    'hs_email_optout',
    'HasOptedOutOfEmail',
    'Do Not Email',
    'marked_email_as_spam',
    'opt out',
    'suppressed',
  ])('a yes of "%s" is a way out', header => {
    const read = contacts(header, 'true', 'no', '')
    expect([optedOut(read), consentNotes(read)]).toEqual([[true, false, null], []])
  })

  test.each(['Email opt-in', 'marketing_consent', 'accepts_marketing', 'subscribed to emails'])(
    'a no of "%s" is a way out',
    header => {
      const read = contacts(header, 'true', 'nein', '', '0')
      expect([optedOut(read), consentNotes(read)]).toEqual([[false, true, null, true], []])
    },
  )

  test('of several, one way out is enough', () => {
    const read = contacts(
      'unsubscribed_from_emails,marked_email_as_spam,email_opt_in',
      ...['false,true,true', 'false,false,true', 'false,false,false', ',,', ',,true', 'true,false,yes'],
    )
    expect([optedOut(read), consentNotes(read)]).toEqual([[true, false, true, null, false, true], []])
  })

  test('a value that says neither holds its row', () => {
    const read = contacts('email_opt_in', 'yes', 'pending', 'no')
    expect([read.held.map(({ code, column }) => [code, column]), optedOut(read)]).toEqual([
      [['value/not-a-boolean', 'opted_out']],
      [false, true],
    ])
  })

  test.each([
    { why: 'a time', header: 'unsubscribed_at', cell: '2026-05-01' },
    { why: 'one kind of mail', header: 'Opted out of email: Newsletter', cell: 'true' },
    { why: 'values that are no yes or no', header: 'unsubscribed', cell: 'weekly digest' },
    { why: 'a paid plan or a newsletter', header: 'subscribed', cell: 'true' },
  ])('what is not read is told: $why', ({ header, cell }) => {
    const read = contacts(header, cell, cell, cell, cell, cell, cell)
    expect(optedOut(read).every(value => value === null)).toBe(true)
    expect(consentNotes(read)).toEqual([expect.stringContaining(`"${header}" looks like who may be written to`)])
  })

  test.each([
    { why: 'a status', header: 'Subscription status', cells: ['Subscribed', 'Unsubscribed', 'Not subscribed', ''] },
    { why: 'a general header', header: 'Status', cells: ['subscribed', 'opted-out', 'UNSUBSCRIBED', ''] },
    { why: 'in German', header: 'Newsletterstatus', cells: ['Angemeldet', 'Abgemeldet', 'abbestellt', ''] },
    { why: 'in French', header: 'Email marketing status', cells: ['abonné', 'désabonné', 'Désinscrite', ''] },
  ])('words of consent are read and told: $why', ({ header, cells }) => {
    const read = contacts(header, ...cells)
    expect([optedOut(read), consentNotes(read)]).toEqual([
      [false, true, true, null],
      [expect.stringContaining(`"${header}" is read as who may not be written to`)],
    ])
  })

  test('a word that says neither says nothing in a status, and one way out beside it is enough', () => {
    const words = ['Subscribed', 'Subscribed', 'Subscribed', 'Subscribed', 'Unsubscribed', 'Pending']
    expect(optedOut(contacts('Subscription status', ...words))).toEqual([false, false, false, false, true, null])
    const both = contacts('unsubscribed,Subscription status', 'yes,Subscribed', 'no,Unsubscribed', 'no,Subscribed')
    expect(optedOut(both)).toEqual([true, true, false])
  })

  test.each(['active', 'canceled', 'yes', '2026-01-01'])('a status of something else (%s) is no consent', cell => {
    const read = contacts('Subscription status', cell, cell)
    expect([optedOut(read), read.held]).toEqual([[null, null], []])
  })

  test('words of consent are read under opted_out too', () => {
    expect(optedOut(contacts('opted_out', 'Unsubscribed', 'Subscribed', 'true'))).toEqual([true, false, true])
  })

  test('users have no field for it', () => {
    const read = readFile('users.csv', 'user_id,email,unsubscribed\nu1,a@x.example,true\n')
    expect(consentNotes(read)).toEqual([expect.stringContaining('import the file as contacts too')])
  })

  test('a column called opted_out is the one that counts; another is told', () => {
    const read = contacts('opted_out,marketing_consent', 'false,false', 'true,true')
    expect(optedOut(read)).toEqual([false, true])
    expect(consentNotes(read)).toEqual([expect.stringContaining('"marketing_consent" looks like')])
  })

  test('a plain file of contacts has nothing to tell', () => {
    expect(consentNotes(contacts('opt,option,adoption,subscription', 'a,b,c,d'))).toEqual([])
  })

  test('every way out looks like consent, so that it is told where another column counts', () => {
    expect(OPT_OUTS.filter(header => !looksLikeConsent(header))).toEqual([])
  })

  test.each([
    'plan',
    'option',
    'subscription_status',
    'adopted',
    'options_out',
    'spam_score',
    'consensus',
    'non_marketing',
  ])('%s does not', header => {
    expect(looksLikeConsent(header)).toBe(false)
  })
})
