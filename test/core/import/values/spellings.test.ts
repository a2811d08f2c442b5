import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type MomentForm, momentReader } from '../../../../core/import/values/moment-reader.ts'

const UTC = { isUtc: true, wallClock: (wall: number) => wall }

function read(text: string, form: MomentForm = 'iso'): string {
  const slot: { code: string | null } = { code: null }
  const moment = momentReader(form, UTC).read(text, slot as never)
  return slot.code ?? moment
}

const NO = 'value/not-a-time'
const OUT = 'value/time-out-of-range'

/** Spellings after the list of araddon/dateparse (MIT): each is read, or refused because it can be meant in two ways. */
const SPELLINGS: readonly (readonly [text: string, want: string, form?: MomentForm])[] = [
  ['May 8, 2009 5:57:51 PM', '2009-05-08T17:57:51.000Z'],
  ['oct 7, 1970', '1970-10-07'],
  ["oct 7, '70", NO],
  ['oct. 7, 1970', '1970-10-07'],
  ['Mon Jan  2 15:04:05 2006', '2006-01-02T15:04:05.000Z'],
  ['Mon Jan  2 15:04:05 MST 2006', NO],
  ['Mon Jan 02 15:04:05 -0700 2006', '2006-01-02T22:04:05.000Z'],
  ['Monday, 02-Jan-06 15:04:05 MST', NO],
  ['Mon, 02 Jan 2006 15:04:05 -0700', '2006-01-02T22:04:05.000Z'],
  ['Tue, 11 Jul 2017 16:28:13 +0200 (CEST)', '2017-07-11T14:28:13.000Z'],
  ['Mon 30 Sep 2018 09:09:09 PM UTC', '2018-09-30T21:09:09.000Z'],
  ['Mon Aug 10 15:44:11 UTC+0100 2015', '2015-08-10T14:44:11.000Z'],
  ['Fri Jul 03 2015 18:04:07 GMT+0100 (GMT Daylight Time)', '2015-07-03T17:04:07.000Z'],
  ['Sun, 3 Jan 2021 00:12:23 +0800 (GMT+08:00)', '2021-01-02T16:12:23.000Z'],
  ['September 17, 2012 10:09am', '2012-09-17T10:09:00.000Z'],
  ['September 17, 2012 at 10:09am PST-08', '2012-09-17T18:09:00.000Z'],
  ['September 17, 2012, 10:10:09', '2012-09-17T10:10:09.000Z'],
  ['October 7th, 1970', '1970-10-07'],
  ['12 Feb 2006, 19:17', '2006-02-12T19:17:00.000Z'],
  ['14 May 2019 19:11:40.164', '2019-05-14T19:11:40.164Z'],
  ['7 oct 70', NO],
  ['03 February 2013', '2013-02-03'],
  ['2013-Feb-03', '2013-02-03'],
  ['06/Jan/2008:15:04:05 -0700', '2008-01-06T22:04:05.000Z'],
  ['3/31/2014', '2014-03-31', 'mdy'],
  ['03/31/2014', '2014-03-31', 'mdy'],
  ['08/21/71', NO, 'mdy'],
  ['8/1/71', NO, 'mdy'],
  ['4/8/2014 22:05', '2014-04-08T22:05:00.000Z', 'mdy'],
  ['4/8/2014 22:05', '2014-08-04T22:05:00.000Z', 'dmy'],
  ['4/8/14 22:05', NO, 'mdy'],
  ['8/8/1965 12:00:00 AM', OUT, 'mdy'],
  ['8/8/1965 01:00 PM', OUT, 'mdy'],
  ['03/19/2012 10:11:59.3186369', '2012-03-19T10:11:59.318Z', 'mdy'],
  ['2014/3/31', '2014-03-31'],
  ['2014/04/08 22:05', '2014-04-08T22:05:00.000Z'],
  ['2014:3:31', '2014-03-31'],
  ['2014年04月08日', '2014-04-08'],
  ['2006-01-02T15:04:05+0000', '2006-01-02T15:04:05.000Z'],
  ['2009-08-12T22:15:09-07:00', '2009-08-13T05:15:09.000Z'],
  ['2009-08-12T22:15:09', '2009-08-12T22:15:09.000Z'],
  ['2009-08-12T22:15:09.988', '2009-08-12T22:15:09.988Z'],
  ['2009-08-12T22:15:09Z', '2009-08-12T22:15:09.000Z'],
  ['2017-07-19T03:21:51:897+0100', '2017-07-19T02:21:51.897Z'],
  ['2019-05-29T08:41-04', '2019-05-29T12:41:00.000Z'],
  ['2014-04-26 17:24:37.3186369', '2014-04-26T17:24:37.318Z'],
  ['2012-08-03 18:31:59.257000000', '2012-08-03T18:31:59.257Z'],
  ['2013-04-01 22:43', '2013-04-01T22:43:00.000Z'],
  ['2014-12-16 06:20:00 UTC', '2014-12-16T06:20:00.000Z'],
  ['2014-04-26 05:24:37 PM', '2014-04-26T17:24:37.000Z'],
  ['2014-04-26 13:13:43 +0800', '2014-04-26T05:13:43.000Z'],
  ['2012-08-03 18:31:59.257000000 +0000 UTC', '2012-08-03T18:31:59.257Z'],
  ['2015-02-08 03:02:00 +0300 MSK m=+0.000000001', '2015-02-08T00:02:00.000Z'],
  ['2014-04-26', '2014-04-26'],
  ['2014-04', NO],
  ['2014', NO],
  ['2014-05-11 08:20:13,787', '2014-05-11T08:20:13.787Z'],
  ['2020-07-20+08:00', '2020-07-20'],
  ['3.31.2014', '2014-03-31', 'mdy'],
  ['03.31.2014', '2014-03-31', 'mdy'],
  ['08.21.71', NO, 'mdy'],
  ['2014.03', NO],
  ['2014.03.30', '2014-03-30'],
  ['20140601', '2014-06-01'],
  ['20140722105203', '2014-07-22T10:52:03.000Z'],
  ['171113 14:14:20', NO],
  ['1332151919', '2012-03-19T10:11:59.000Z', 'epoch_s'],
  ['1384216367189', '2013-11-12T00:32:47.189Z', 'epoch_ms'],
  ['1384216367111222', '2013-11-12T00:32:47.111Z', 'epoch_us'],
  ['1384216367111222333', '2013-11-12T00:32:47.111Z', 'epoch_ns'],
]

test.each(SPELLINGS.map(([text, want, form]) => ({ text, want, form })))(
  '$text is $want ($form)',
  ({ text, want, form }) => {
    expect(read(text, form)).toBe(want)
  },
)

type Cases = Readonly<
  Record<'isRFC3339' | 'isISO8601' | 'isDate', Readonly<Record<'valid' | 'invalid', readonly string[]>>>
>
const file = new URL('../../../../fixtures/torture/validatorjs.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Cases }

describe('validator.js', () => {
  test('what RFC 3339 allows is read to the instant the platform reads, but for leap seconds', () => {
    for (const text of cases.isRFC3339.valid) {
      const want = text.includes(':60')
        ? 'value/impossible-date'
        : new Date(text.toUpperCase().replace(' ', 'T')).toISOString()
      expect(read(text), text).toBe(want)
    }
  })
  test('what ISO 8601 allows is read as the platform reads it, or refused; never as another time', () => {
    const read8601 = cases.isISO8601.valid.filter(text => !read(text).startsWith('value/'))
    expect(read8601.length).toBeGreaterThanOrEqual(15)
    for (const text of read8601) {
      const moment = read(text)
      const digits = (each: string): string => each.replace(/[^0-9]/g, '')
      const isOffset = /[+-]\d\d:?(?:\d\d)?$/.test(text.slice(10))
      if (/T24:00$/.test(text)) expect(moment, text).toBe(new Date(`${text}Z`).toISOString())
      else if (!isOffset)
        expect(
          digits(moment).startsWith(digits(text)) || digits(text).startsWith(digits(moment).slice(0, 8)),
          text,
        ).toBe(true)
      else
        expect(moment, text).toBe(
          new Date(
            text
              .replace(',', '.')
              .replace(' ', 'T')
              .replace(/([+-]\d\d)$/, '$1:00'),
          ).toISOString(),
        )
    }
  })
  test('what is no date in ISO 8601 is none here', () => {
    const loose = cases.isISO8601.invalid.filter(text => !read(text).startsWith('value/'))
    expect(loose).toEqual([])
  })
  test('dates that do not exist are not read', () => {
    for (const text of ['2020-02-30', '2019-02-29', '2020-04-31']) {
      expect(cases.isDate.invalid).toContain(text)
      expect(read(text)).toBe('value/impossible-date')
    }
    for (const text of cases.isDate.valid) expect(read(text), text).toMatch(/^2020-02-\d\d$/)
  })
})
