import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, wallClockOf } from '#lib/time'
import type { FaultSlot } from '../../../../core/import/values/fault.ts'
import { type MomentForm, momentReader } from '../../../../core/import/values/moment-reader.ts'

function read(text: string, form: MomentForm = 'iso', timeZone = 'UTC'): string {
  const slot: FaultSlot = { code: null }
  const zone = { isUtc: timeZone === 'UTC', wallClock: wallClockOf(timeZone) }
  const moment = momentReader(form, zone).read(text, slot)
  const time = momentReader(form, zone).readTime(text, { code: null })
  // Both ways of reading agree: on what cannot be read, on the instant, and on the day.
  if (slot.code !== null) expect(time).toBeNaN()
  else expect(typeof time === 'string' ? time : formatInstant(time)).toBe(moment)
  return slot.code ?? moment
}

const NOT_A_TIME = 'value/not-a-time'
const IMPOSSIBLE = 'value/impossible-date'
const SERIAL = 'value/serial-date'
const OUT = 'value/time-out-of-range'

type Case = Readonly<{ text: string; want: string; form?: MomentForm; zone?: string; why?: string }>

describe('times', () => {
  test.each<Case>([
    { text: '2026-05-31', want: '2026-05-31' },
    { text: '2026-5-3', want: '2026-05-03' },
    { text: '2026/05/31', want: '2026-05-31' },
    { text: '2026.05.31', want: '2026-05-31' },
    { text: '20260531', want: '2026-05-31' },
    { text: '2026-05-31T12:00:00.000Z', want: '2026-05-31T12:00:00.000Z' },
    { text: '2026-05-31T12:00:00Z', want: '2026-05-31T12:00:00.000Z' },
    { text: '2026-05-31 12:00:00Z', want: '2026-05-31T12:00:00.000Z' },
    { text: '2026-05-31t12:00:00z', want: '2026-05-31T12:00:00.000Z' },
    { text: '2026-05-31T12:00', want: '2026-05-31T12:00:00.000Z' },
    { text: '2026-05-31 9:05', want: '2026-05-31T09:05:00.000Z' },
    { text: '2026-05-31T12:00:00.9999999Z', want: '2026-05-31T12:00:00.999Z' },
    { text: '2026-05-31T12:00:00.1Z', want: '2026-05-31T12:00:00.100Z' },
    { text: '2026-05-31 12:00:00.257000000', want: '2026-05-31T12:00:00.257Z' },
    { text: '2026-05-31 12:00:00,787', want: '2026-05-31T12:00:00.787Z' },
    { text: '2026-05-31T12:00:00+02', want: '2026-05-31T10:00:00.000Z' },
    { text: '2026-05-31T12:00:00+0200', want: '2026-05-31T10:00:00.000Z' },
    { text: '2026-05-31T12:00:00+02:00', want: '2026-05-31T10:00:00.000Z' },
    { text: '2026-05-31 12:00:00 -0730', want: '2026-05-31T19:30:00.000Z' },
    { text: '2026-05-31 12:00:00 UTC', want: '2026-05-31T12:00:00.000Z' },
    { text: '2026-05-31 12:00:00 +0000 UTC', want: '2026-05-31T12:00:00.000Z' },
    { text: '20260531T120000Z', want: '2026-05-31T12:00:00.000Z' },
    { text: '20260531120000', want: '2026-05-31T12:00:00.000Z' },
    { text: '2026. 5. 31.', want: '2026-05-31', why: 'Korean' },
    { text: '2026. 05. 31. 12:00', want: '2026-05-31T12:00:00.000Z', why: 'Hungarian' },
    { text: '2026.05.31.', want: '2026-05-31', why: 'a point at the end' },
    { text: '31.05.2026. 12:00', form: 'dmy', want: '2026-05-31T12:00:00.000Z', why: 'Latvian' },
    { text: '31.05.2026 г.', form: 'dmy', want: '2026-05-31', why: 'Bulgarian' },
    { text: '2026-05-31 오후 1:05:00', want: '2026-05-31T13:05:00.000Z', why: 'Korean' },
    { text: '2026/5/31 上午12:05', want: '2026-05-31T00:05:00.000Z', why: 'Chinese' },
    { text: 'May 31, 2026 12:00 AM (UTC)', want: '2026-05-31T00:00:00.000Z', why: 'Notion' },
    { text: '31 May 2026', want: '2026-05-31' },
    { text: '31-May-2026', want: '2026-05-31' },
    { text: 'May 31, 2026', want: '2026-05-31' },
    { text: 'oct. 7, 1970', want: '1970-10-07' },
    { text: '1st September 2026', want: '2026-09-01' },
    { text: 'May 8, 2009 5:57:51 PM', want: '2009-05-08T17:57:51.000Z' },
    { text: '12 Feb 2006, 19:17', want: '2006-02-12T19:17:00.000Z' },
    { text: 'September 17, 2012 at 10:09am', want: '2012-09-17T10:09:00.000Z' },
    { text: 'Sep 7, 2012 @ 10:09:08.123', want: '2012-09-07T10:09:08.123Z' },
    { text: 'Mon, 02 Jan 2006 15:04:05 -0700', want: '2006-01-02T22:04:05.000Z' },
    { text: 'Fri Jul 03 2015 18:04:07 GMT+0100 (GMT Daylight Time)', want: '2015-07-03T17:04:07.000Z' },
    { text: '2026-05-31 12:30 AM', want: '2026-05-31T00:30:00.000Z' },
    { text: '2026-05-31 12:30 p.m.', want: '2026-05-31T12:30:00.000Z' },
    { text: 'Mon Jan  2 15:04:05 2006', want: '2006-01-02T15:04:05.000Z' },
    { text: 'Mon Jan 02 15:04:05 -0700 2006', want: '2006-01-02T22:04:05.000Z' },
    { text: '2026-May-31 08:00', want: '2026-05-31T08:00:00.000Z' },
    { text: '/Date(1767225600000+0100)/', want: '2026-01-01T00:00:00.000Z', why: '.NET, whose offset moves nothing' },
    { text: '/Date(1767225600123)/', want: '2026-01-01T00:00:00.123Z', why: '.NET' },
    { text: '/Date(-1)/', want: 'value/time-out-of-range', why: '.NET before 1970' },
    { text: '/Date(1767225600000+0100)', want: 'value/not-a-time', why: '.NET cut off' },
    { text: '31/May/2026:15:04:05 -0700', want: '2026-05-31T22:04:05.000Z', why: 'a web server' },
    { text: '31. Mai 2026', want: '2026-05-31', why: 'German' },
    { text: '1er août 2026', want: '2026-08-01', why: 'French' },
    { text: '2 févr. 2026', want: '2026-02-02', why: 'French, shortened' },
    { text: '1 de mayo de 2026', want: '2026-05-01', why: 'Spanish' },
    { text: '01-MAY-26', form: 'dmy', want: '2026-05-01', why: 'Oracle' },
    { text: '01-DEC-99', form: 'dmy', want: '1999-12-01', why: 'Oracle, the last century' },
    { text: '26-MAY-01', form: 'ymd', want: '2026-05-01', why: 'the year first' },
    { text: '05-MAY-05', want: '2005-05-05', why: 'both orders mean one day' },
    { text: '01-MAY-2026 10.11.12.123456 PM', want: '2026-05-01T22:11:12.123Z', why: 'Oracle' },
    {
      text: '01-MAY-26 10.11.12.123456789 AM +02:00',
      form: 'dmy',
      want: '2026-05-01T08:11:12.123Z',
      why: 'Oracle with an offset',
    },
    { text: '\u200e2026-05-31', want: '2026-05-31', why: 'a mark of direction' },
    { text: '\u0662\u0660\u0662\u0666-\u0660\u0665-\u0663\u0661', want: '2026-05-31', why: 'Arabic digits' },
    { text: '２０２６－０５－３１', want: '2026-05-31', why: 'full width' },
    { text: '2026:05:31 10:00:00', want: '2026-05-31T10:00:00.000Z', why: 'a camera' },
    { text: '2026\u5e7405\u670831\u65e5', want: '2026-05-31' },
    { text: '2026-05-31T03:21:51:897+0100', want: '2026-05-31T02:21:51.897Z' },
    { text: '2026-05-31 03:02:00 +0300 MSK', want: '2026-05-31T00:02:00.000Z', why: 'the offset counts' },
    { text: '2026-05-31+08:00', want: '2026-05-31', why: 'a day stays a day' },
    { text: '31/05/2026', form: 'dmy', want: '2026-05-31' },
    { text: '31.5.2026 14:05', form: 'dmy', want: '2026-05-31T14:05:00.000Z' },
    { text: '31-05-2026', form: 'dmy', want: '2026-05-31' },
    { text: '05/31/2026', form: 'mdy', want: '2026-05-31' },
    { text: '3/4/2026 01:00 PM', form: 'mdy', want: '2026-03-04T13:00:00.000Z' },
    { why: 'other forms in a column with an order', text: '2026-05-31', form: 'mdy', want: '2026-05-31' },
    { why: 'both orders agree', text: '05/05/2026', want: '2026-05-05' },
    { text: '1748692800', form: 'epoch_s', want: '2025-05-31T12:00:00.000Z' },
    { text: '1748692800.123', form: 'epoch_s', want: '2025-05-31T12:00:00.123Z' },
    { text: '1748692800123', form: 'epoch_ms', want: '2025-05-31T12:00:00.123Z' },
    { text: '1748692800123999', form: 'epoch_us', want: '2025-05-31T12:00:00.123Z' },
    { text: '1384216367111222333', form: 'epoch_ns', want: '2013-11-12T00:32:47.111Z' },
    { text: '0', form: 'epoch_s', want: '1970-01-01T00:00:00.000Z' },
    { text: '2199-12-31', want: '2199-12-31' },
    { text: '2099-01-01T00:00:00Z', want: '2099-01-01T00:00:00.000Z' },
    { text: '2026-06-30', want: '2026-06-30' },
    { text: '2026-05-31T24:00:00Z', want: '2026-06-01T00:00:00.000Z', why: 'the end of a day' },
    { text: '2026-12-31 24:00', want: '2027-01-01T00:00:00.000Z', why: 'the end of a year' },
    { text: '28.02.2026 24:00:00.000', form: 'dmy', want: '2026-03-01T00:00:00.000Z', why: 'the end of a month' },
    { text: '2024-02-29', want: '2024-02-29' },
    { text: '2000-02-29', want: '2000-02-29' },
  ])('$text ($form $zone $why)', ({ text, form, zone, want }) => {
    expect(read(text, form, zone)).toBe(want)
  })

  test.each<Case>([
    { text: '2026-02-30', want: IMPOSSIBLE },
    { text: '1900-02-29', want: IMPOSSIBLE },
    { text: '2026-02-30T00:00:00Z', want: IMPOSSIBLE },
    { text: '2026-13-01', want: IMPOSSIBLE },
    { text: '2026-05-00', want: IMPOSSIBLE },
    { text: '31/06/2026', form: 'dmy', want: IMPOSSIBLE },
    { text: '05/31/2026', form: 'dmy', want: IMPOSSIBLE },
    { text: '30 Feb 2026', want: IMPOSSIBLE },
    { text: '2026-05-31T24:00:01Z', want: IMPOSSIBLE },
    { text: '2026-05-31 24:01', want: IMPOSSIBLE },
    { text: '2199-12-31T24:00:00Z', want: OUT },
    { text: '2026-05-31T12:60:00Z', want: IMPOSSIBLE },
    { text: '2026-05-31 13:00 PM', want: IMPOSSIBLE },
    { text: '31/05/26', form: 'dmy', want: NOT_A_TIME, why: 'two digits of a year' },
    { text: '31/05/2026', want: NOT_A_TIME, why: 'no order known' },
    { text: '1748692800', want: NOT_A_TIME, why: 'no unit known' },
    { text: '2026-05', want: NOT_A_TIME },
    { text: '2026', want: NOT_A_TIME },
    { text: 'yesterday', want: NOT_A_TIME },
    { text: '2026-05-31 12:00:00 PST', want: NOT_A_TIME, why: 'abbreviations of zones are not unique' },
    { text: '2026-05-31X', want: NOT_A_TIME },
    { text: '31 Mau 2026', want: NOT_A_TIME },
    { text: '01-MAY-60', want: NOT_A_TIME, why: 'Oracle means 1960' },
    { text: '26-MAY-01', want: NOT_A_TIME, why: 'day or year first' },
    { text: '31 srpen 2026', want: NOT_A_TIME, why: 'another month in a language nearby' },
    { text: '1969-12-31', want: OUT },
    { text: '1969-12-31T23:59:59Z', want: OUT },
    { text: '2200-01-01', want: OUT },
    { text: '9999-12-31T00:00:00Z', want: OUT },
    { text: '1748692800123', form: 'epoch_s', want: OUT, why: 'milliseconds among seconds' },
    { text: '1748692800', form: 'epoch_ms', want: OUT, why: 'seconds among milliseconds' },
    { text: '-1748692800', form: 'epoch_s', want: OUT },
    { text: '1384216367111222333', form: 'epoch_us', want: OUT },
    { text: '45800', want: SERIAL, why: 'a serial number of Excel' },
    { text: '46340,5', want: SERIAL, why: 'the same with a decimal comma' },
    { text: '12345,5', want: 'value/not-a-time', why: 'a number with a comma that is no day of these times' },
    { text: '45800.5', form: 'epoch_s', want: SERIAL },
    { text: '########', want: 'value/cell-error' },
    { text: '45:10.0', want: 'value/lost-date' },
    { text: '1.23E+10', want: 'value/rounded-number' },
    { text: '#VALUE!', want: 'value/cell-error' },
  ])('$text is $want ($form $why)', ({ text, form, zone, want }) => {
    expect(read(text, form, zone)).toBe(want)
  })

  test('a zone is only asked where the text names none', () => {
    expect(read('2026-07-01 12:00:00', 'iso', 'Europe/Paris')).toBe('2026-07-01T10:00:00.000Z')
    expect(read('2026-01-01 12:00', 'iso', 'Europe/Paris')).toBe('2026-01-01T11:00:00.000Z')
    expect(read('2026-07-01 12:00:00Z', 'iso', 'Europe/Paris')).toBe('2026-07-01T12:00:00.000Z')
    expect(read('2026-07-01', 'iso', 'Europe/Paris')).toBe('2026-07-01')
    expect(read('1782907200', 'epoch_s', 'Europe/Paris')).toBe('2026-07-01T12:00:00.000Z')
  })

  test('any instant in range comes back from its canonical text and from its parts', () => {
    const last = Date.UTC(2199, 11, 31, 23, 59, 59, 999)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: last }), instant => {
        const iso = formatInstant(instant)
        expect(read(iso)).toBe(iso)
        expect(read(iso.replace('T', ' ').replace('Z', ''))).toBe(iso)
        expect(read(iso.replace('Z', '456+00:00'))).toBe(iso)
        const [y, m, d] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)]
        expect(read(`${d}/${m}/${y} ${iso.slice(11, 23)}`, 'dmy')).toBe(iso)
        expect(read(`${m}.${d}.${y} ${iso.slice(11, 23)}`, 'mdy')).toBe(iso)
      }),
    )
  })
})

describe('clocks of a zone', () => {
  test.each([
    {
      why: 'the hour that comes twice is the first one',
      zone: 'Europe/Paris',
      wall: Date.UTC(2026, 9, 25, 2, 30),
      want: '2026-10-25T00:30:00.000Z',
    },
    {
      why: 'the hour that is skipped lands behind the gap',
      zone: 'Europe/Paris',
      wall: Date.UTC(2026, 2, 29, 2, 30),
      want: '2026-03-29T01:30:00.000Z',
    },
    {
      why: 'west of Greenwich',
      zone: 'America/New_York',
      wall: Date.UTC(2026, 6, 1, 20),
      want: '2026-07-02T00:00:00.000Z',
    },
    {
      why: 'skipped in New York',
      zone: 'America/New_York',
      wall: Date.UTC(2026, 2, 8, 2, 30),
      want: '2026-03-08T07:30:00.000Z',
    },
    {
      why: 'a quarter of an hour',
      zone: 'Asia/Kathmandu',
      wall: Date.UTC(2026, 0, 1, 5, 45),
      want: '2026-01-01T00:00:00.000Z',
    },
    {
      why: 'a shift of half an hour',
      zone: 'Australia/Lord_Howe',
      wall: Date.UTC(2026, 9, 4, 2, 15),
      want: '2026-10-03T15:45:00.000Z',
    },
    {
      why: 'a day that does not exist',
      zone: 'Pacific/Apia',
      wall: Date.UTC(2011, 11, 30, 12),
      want: '2011-12-30T22:00:00.000Z',
    },
  ])('$why', ({ zone, wall, want }) => {
    expect(formatInstant(wallClockOf(zone)(wall))).toBe(want)
  })

  test('an instant comes back from its own wall clock, but for the second pass of an hour', () => {
    const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo')
    const offsetAt = (timeZone: string, instant: number): number => {
      const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant)
      const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(
        parts.find(p => p.type === 'timeZoneName')!.value,
      )!
      return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
    }
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2037, 0, 1) / 60_000 }),
        (timeZone, minute) => {
          const instant = minute * 60_000
          const back = wallClockOf(timeZone)(instant + offsetAt(timeZone, instant))
          const isSecondPass =
            back < instant && instant + offsetAt(timeZone, instant) === back + offsetAt(timeZone, back)
          expect(back === instant || isSecondPass).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})
