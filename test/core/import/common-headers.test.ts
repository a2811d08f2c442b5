import { describe, expect, test } from 'vitest'
import { planFile, proposeTables } from '#import'
import { bytesOf, column, type FileRead, readFile } from './read-file.ts'

const customOf = ({ rows }: FileRead): readonly unknown[] => rows.map(({ custom }) => JSON.parse(custom ?? '{}'))

describe('names in parts', () => {
  test.each([
    {
      why: 'given and family name of users',
      file: 'users.csv',
      text: 'user_id,Last Name,First Name,email\nu1,Lovelace,Ada,ada@x.example\n',
      want: ['Ada Lovelace'],
    },
    {
      why: 'in German, and a part that is not there',
      file: 'contacts.csv',
      text: 'contact_id;Vorname;Nachname;email\nc1;Ada;Lovelace;a@x.example\nc2;;Turing;t@x.example\n',
      want: ['Ada Lovelace', 'Turing'],
    },
    {
      why: 'in JSON',
      file: 'users.jsonl',
      text: '{"user_id":"u1","first_name":"Ada","last_name":"Lovelace"}\n{"user_id":"u2","first_name":"Alan"}\n',
      want: ['Ada Lovelace', 'Alan'],
    },
    {
      why: 'people of a CRM',
      file: 'crm_users.csv',
      text: 'owner_id,email,given_name,surname\no1,a@x.example,Ada,Lovelace\n',
      want: ['Ada Lovelace'],
    },
  ])('$why', ({ file, text, want }) => {
    const read = readFile(file, text)
    expect(column(read, 'name')).toEqual(want)
    expect(customOf(read).every(custom => Object.keys(custom as object).length === 0)).toBe(true)
  })

  test('a name that is whole goes before its parts', () => {
    const read = readFile('users.csv', 'user_id,full_name,first_name,last_name\nu1,Ada King,Ada,Lovelace\n')
    expect(column(read, 'name')).toEqual(['Ada King'])
    expect(customOf(read)).toEqual([{ first_name: 'Ada', last_name: 'Lovelace' }])
  })

  test('a family name alone is no name', () => {
    const read = readFile('users.csv', 'user_id,email,last_name\nu1,a@x.example,Lovelace\n')
    expect(column(read, 'name')).toEqual([null])
    expect(customOf(read)).toEqual([{ last_name: 'Lovelace' }])
  })

  test('what a table chosen by hand is filled with', () => {
    const head = bytesOf('Kennung,Vorname,Nachname\nu1,Ada,Lovelace\n')
    const plan = planFile({ file: 'people.csv', head, size: head.length, isWhole: true, options: {} })
    const users = proposeTables(plan, head).find(({ table }) => table === 'users')
    expect(users?.fields).toContainEqual({ field: 'name', from: ['Vorname', 'Nachname'], combine: 'join' })
  })
})

describe('domains of accounts', () => {
  const accounts = (header: string, value: (i: number) => string, count = 6): FileRead =>
    readFile(
      'accounts.csv',
      [`id,name,${header}`, ...Array.from({ length: count }, (_, i) => `a${i},A${i},${value(i)}`)].join('\n'),
    )
  const notesOf = ({ result }: FileRead): readonly string[] => result.notes.map(({ code }) => code)

  test.each(['Website', 'URL', 'Homepage', 'Company Website', 'Web', 'Company Domain'])('%s is the domain', header => {
    const read = accounts(header, i => `https://www.company${i}.example/about`)
    expect(column(read, 'primary_domain')[0]).toBe('https://www.company0.example/about')
    expect(notesOf(read)).not.toContain('note/no-domain')
  })

  test.each([
    {
      why: 'links to the records of one tool are no domains',
      value: (i: number) => `https://app.crm.example/record/${i}`,
    },
    { why: 'other texts are no domains', value: (i: number) => `page ${i}` },
  ])('$why', ({ value }) => {
    const read = accounts('URL', value)
    expect(column(read, 'primary_domain')[0]).toBeNull()
    expect(notesOf(read)).toContain('note/no-domain')
  })

  test('a file of accounts without a domain says what that costs', () => {
    const read = accounts('industry', () => 'Retail')
    expect(read.result.warnings).toContainEqual(expect.stringContaining('by the domain of an address'))
  })

  test('other tables need none', () => {
    expect(notesOf(readFile('users.csv', 'user_id,email\nu1,a@x.example\n'))).toEqual([])
  })
})
