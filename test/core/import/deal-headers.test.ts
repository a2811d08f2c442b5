import { describe, expect, test } from 'vitest'
import { TABLES } from '#schema/tables'
import { type FileRead, readFile } from './read-file.ts'

function rowsOf({ rows }: FileRead): readonly Readonly<Record<string, unknown>>[] {
  const names = Object.keys(TABLES.deals.columns)
  return rows.map(({ values }) => Object.fromEntries(names.map((name, at) => [name, values[at]])))
}
const unfilled = ({ result }: FileRead): readonly string[] =>
  result.notes.filter(({ code }) => code === 'note/unfilled-fields').map(({ message }) => message)

describe('headers that begin with what the record is', () => {
  test('in German, with amounts, times and states of their own', () => {
    const header =
      'Deal - ID;Deal - Titel;Deal - Wert;Deal - Status;Deal - Phase;Deal - Besitzer;Organisation - ID;Deal - Deal erstellt;Deal - Gewonnen-Zeit;Deal - Verloren-Zeit\n'
    const read = readFile(
      'deals-9913042-17.csv',
      `${header}5000;A;"27.999,99";Offen;Angebot;Jana;700;21.07.2026 18:00:00;;\n5001;B;"980,50";Gewonnen;Angebot;Jana;701;30.06.2026 18:00:00;31.07.2026 18:00:00;\n5002;C;"1.000,00";Verloren;Angebot;Jana;702;30.06.2026 18:00:00;;30.08.2026 18:00:00\n`,
    )
    expect(rowsOf(read)).toMatchObject([
      { deal_id: '5000', account_id: '700', status: 'open', stage: 'Angebot', owner: 'Jana', closed_at: null },
      { status: 'won', closed_at: '2026-07-31T18:00:00.000Z', amount: 980.5 },
      { status: 'lost', closed_at: '2026-08-30T18:00:00.000Z' },
    ])
    expect(unfilled(read)).toEqual([])
  })

  test('in English', () => {
    const read = readFile(
      'deals-1.csv',
      'Deal - ID,Deal - Title,Deal - Value,Deal - Status,Deal - Stage,Deal - Owner,Person - ID,Deal - Deal created,Deal - Won time,Deal - Lost time\n1,A,5,Won,Offer,Jo,9,2026-01-02 03:04:05,2026-02-02 03:04:05,\n',
    )
    expect(rowsOf(read)).toMatchObject([
      {
        deal_id: '1',
        contact_id: '9',
        amount: 5,
        status: 'won',
        owner: 'Jo',
        closed_at: '2026-02-02T03:04:05.000Z',
      },
    ])
  })

  test('a whole name goes before what is left of another', () => {
    const read = readFile('contacts.csv', 'Contact - ID,Contact - Email,Contact: Phone\nc1,a@x.example,1\n')
    expect(read.plan.columns.map(({ column }) => column)).toEqual(['contact_id', 'email', null])
  })
})

describe('states of deals in other languages', () => {
  test.each([
    ['offen', 'open'],
    ['Gewonnen', 'won'],
    ['Gagnée', 'won'],
    ['perdu', 'lost'],
    ['Abierto', 'open'],
    ['perdida', 'lost'],
    ['Closed Won', 'won'],
    ['vielleicht', 'vielleicht'],
  ])('%s is %s', (text, want) => {
    expect(rowsOf(readFile('deals.csv', `deal_id,status\nd1,${text}\n`))).toMatchObject([{ status: want }])
  })
})

describe('fields that nothing fills', () => {
  test('are named where most headers are not known', () => {
    const read = readFile('deals.csv', 'deal_id,status,Summe,Ende,Wer\nd1,won,5,x,y\n')
    expect(unfilled(read)).toEqual([
      expect.stringContaining(
        'Nothing fills amount, closed_at, owner of deals, which scores and routes need. Headers that are not known: "Summe", "Ende", "Wer".',
      ),
    ])
  })
  test.each([
    { why: 'a file that simply has no more', text: 'deal_id,status\nd1,won\n' },
    { why: 'a file with a column of its own', text: 'deal_id,status,amount,own\nd1,won,5,x\n' },
  ])('are not named of $why', ({ text }) => {
    expect(unfilled(readFile('deals.csv', text))).toEqual([])
  })
})
