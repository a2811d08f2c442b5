import { describe, expect, test } from 'vitest'
import * as format from '../../../renderer/src/ui/format.ts'

const DAY = 86_400_000

describe('figures', () => {
  test.each<[why: string, got: string, want: string]>([
    ['thousands are grouped', format.count(64_112), '64,112'],
    ['a missing count is a dash', format.count(null), '–'],
    ['minus is a minus, not a hyphen', format.count(-3), '−3'],
    ['one is singular', format.counted(1, 'row'), '1 row'],
    ['none is plural', format.counted(0, 'row'), '0 rows'],
    ['an irregular plural is given', format.counted(2, 'person', 'people'), '2 people'],
    ['a score has one decimal', format.score(87), '87.0'],
    ['points carry their sign', format.points(14.24), '+14.2'],
    ['points lost have a minus', format.points(-5), '−5.0'],
    ['points that round to nothing have no sign', format.points(-0.04), '0.0'],
    ['a factor', format.factor(1.3), '×1.3'],
    ['a ratio', format.percent(0.424), '42 %'],
    ['bytes below a thousand', format.bytes(999), '999 B'],
    ['bytes in powers of 1000', format.bytes(4_200_000), '4.2 MB'],
    ['a large size drops its decimal', format.bytes(24_100_000), '24 MB'],
    ['seconds', format.duration(12_400), '12 s'],
    ['minutes', format.duration(185_000), '3 min'],
    ['hours', format.duration(7_500_000), '2 h 5 min'],
    ['a day', format.day(20_604), '31 May 2026'],
    ['an instant', format.dateTime(20_604 * DAY + 50_700_000), '31 May 2026, 14:05 UTC'],
    ['the same day is today', format.daysBefore(20_604 * DAY, 20_604 * DAY + 5), 'today'],
    ['days are calendar days', format.daysBefore(20_603 * DAY + DAY - 1, 20_604 * DAY), '1 d ago'],
    ['a column name in words', format.words('key_action_completed'), 'Key action completed'],
    ['abbreviations keep their capitals', format.words('sso_subject'), 'SSO subject'],
  ])('%s', (_why, got, want) => {
    expect(got).toBe(want)
  })
})
