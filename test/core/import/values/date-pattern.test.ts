import { describe, expect, test } from 'vitest'
import { formatInstant, wallClockOf } from '#lib/time'
import { datePattern } from '../../../../core/import/values/date-pattern.ts'
import { momentReader } from '../../../../core/import/values/moment-reader.ts'

const UTC = { isUtc: true, wallClock: wallClockOf('UTC') }

function read(pattern: string, text: string): string {
  const slot = { code: null as string | null }
  const reader = momentReader('iso', UTC, datePattern(pattern))
  const moment = reader.read(text, slot as never)
  const time = reader.readTime(text, { code: null })
  if (slot.code === null) expect(typeof time === 'string' ? time : formatInstant(time)).toBe(moment)
  return slot.code ?? moment
}

describe('dates by a pattern', () => {
  test.each([
    ['DD/MM/YYYY', '03/04/2026', '2026-04-03'],
    ['DD/MM/YYYY', '3/4/2026', '2026-04-03'],
    ['MM/DD/YYYY', '03/04/2026', '2026-03-04'],
    ['M/D/YY', '5/31/26', '2026-05-31'],
    ['M/D/YY', '5/31/71', '1971-05-31'],
    ['M/D/YY H:mm', '5/31/26 9:05', '2026-05-31T09:05:00.000Z'],
    ['DD.MM.YYYY HH:mm:ss.S', '31.05.2026 09:05:01.5', '2026-05-31T09:05:01.500Z'],
    ['YYYY-DD-MM', '2026-04-03', '2026-03-04'],
    ['DDMMYYYY', '31052026', '2026-05-31'],
    ['DDMMYY', '310526', '2026-05-31'],
    ['D MMM YY', '7 oct 71', '1971-10-07'],
    ['MMMM D, YYYY', 'September 7, 2026', '2026-09-07'],
    ['YYYYMMDD[T]HHmmssZ', '20260531T120000+0200', '2026-05-31T10:00:00.000Z'],
    ['DD/MM/YYYY hh:mm A', '31/05/2026 01:00 pm', '2026-05-31T13:00:00.000Z'],
    ['YYMMDD HH:mm:ss', '171113 14:14:20', '2017-11-13T14:14:20.000Z'],
    ['dd/mm/yyyy', '31/05/2026', '2026-05-31'],
    ['dd/MM/yyyy HH:mm', '31/05/2026 10:30', '2026-05-31T10:30:00.000Z'],
    ['yyyy-mm-dd HH:mm', '2026-05-31 10:30', '2026-05-31T10:30:00.000Z'],
    ['DD.MM.YY', '13.05.26 10:00', '2026-05-13T10:00:00.000Z'],
    ['DD/MM/YYYY', '03/04/2026 9:05:01.5 pm', '2026-04-03T21:05:01.500Z'],
    ['YYYY-DD-MM', '2026-04-03T10:00:00+02:00', '2026-03-04T08:00:00.000Z'],
    ['excel', '45321', '2024-01-30'],
    ['excel', '45321.75', '2024-01-30T18:00:00.000Z'],
    ['excel', '45321,75', '2024-01-30T18:00:00.000Z'],
    ['excel', '46173.9999999999', '2026-06-01T00:00:00.000Z'],
  ])('%s reads %s', (pattern, text, want) => {
    expect(read(pattern, text)).toBe(want)
  })

  test.each([
    ['what is not of the pattern is read as ever', 'DD/MM/YYYY', '2026-05-31T12:00:00Z', '2026-05-31T12:00:00.000Z'],
    ['a day that the month does not have', 'DD/MM/YY', '31/06/26', 'value/not-a-time'],
    ['an hour that the clock does not have', 'DD/MM/YY HH:mm', '30/06/26 25:00', 'value/not-a-time'],
    ['such an hour behind a day', 'DD/MM/YY', '30/06/26 25:00', 'value/not-a-time'],
    ['more digits behind the year', 'DD/MM/YY', '30/06/2026', 'value/not-a-time'],
    ['a text behind a day', 'DD/MM/YY', '30/06/26 soon', 'value/not-a-time'],
    ['before 1970', 'excel', '20000', 'value/time-out-of-range'],
  ])('%s', (_why, pattern, text, want) => {
    expect(read(pattern, text)).toBe(want)
  })

  test.each(['', 'YYYY', 'DD/MM', 'DD/MM/YYYY DD', 'JJJJ-MM-DD', '[DD/MM/YYYY'])('"%s" is no pattern', pattern => {
    expect(() => datePattern(pattern)).toThrow(expect.objectContaining({ code: 'usage/bad-argument' }))
  })
})
