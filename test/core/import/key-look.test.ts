import { describe, expect, test } from 'vitest'
import { createLookReader, isKeyOpen, type KeyLook, planFile, shapesOf } from '#import'

function lookAt(file: string, lines: readonly string[], step = 7): KeyLook | null {
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`)
  const plan = planFile({ file, head: bytes, size: null, isWhole: true, options: {} })
  const reader = createLookReader(plan, {})
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step))
  return reader.end(true)
}

const TEN = Array.from({ length: 10 }, (_, i) => i)
const events = (idOf: (i: number) => string): readonly string[] => [
  'event_name,timestamp,user_id',
  ...TEN.map(i => `login,2026-05-01T00:00:00Z,${idOf(i)}`),
]

/** Is the key of users in doubt beside events with these ids? */
function isOpen(users: readonly string[], idOf: (i: number) => string): boolean {
  const own = lookAt('users.csv', users)?.own
  const named = lookAt('events.csv', events(idOf))?.named
  if (own == null || named === undefined) throw new Error('there are records in both')
  return isKeyOpen(
    own,
    named.map(({ shapes }) => shapes),
  )
}

test.each([
  ['17', 'integer'],
  ['8eb2c094-3ad0-4884-b125-7cd93b1003fa', 'uuid'],
  ['a@x.example', 'address'],
  ['u17', 'marked u'],
  ['usr_1eqwgal', 'marked usr_'],
  ['acct:9', 'marked acct:'],
  ['acme-corp', 'text of 9'],
  ['003Qm00002to7khIAA', 'text of 18'],
])('%s is of the shape "%s"', (id, shape) => {
  expect([...shapesOf([id])]).toEqual([[shape, 1]])
})

describe('the first records leave the key', () => {
  const MARKED = TEN.map(i => `usr_${i}a,p${i}@x.example,N ${i},usr_${i % 3}a`)

  test('settled where the ids look like it and no other column does', () => {
    expect(isOpen(['user_id,email,name,invited_by_user_id', ...MARKED], i => `usr_${i}a`)).toBe(false)
  })

  test('open where the ids do not look like it', () => {
    expect(isOpen(['user_id,email,name,invited_by_user_id', ...MARKED], i => `${i}`)).toBe(true)
  })

  test('open where another column of values that are nearly all different looks like them, too', () => {
    const rows = TEN.map(i => `${i},${100 + i},N ${i}`)
    expect(isOpen(['id,external_id,name', ...rows], i => `${i}`)).toBe(true)
  })

  test('open where the key comes again, and another column does, too', () => {
    const rows = TEN.map(i => `usr_${i % 4},p${i}@x.example,usr_${i % 4}`)
    expect(isOpen(['user_id,email,legacy_id', ...rows], i => `usr_${i}`)).toBe(true)
  })

  test('settled where nobody is named', () => {
    expect(isOpen(['user_id,email,name,invited_by_user_id', ...MARKED], () => '')).toBe(false)
  })
})

test('a file without records shows nothing, one of a table that is not referred to no key of its own', () => {
  expect(lookAt('events.csv', ['event_name,timestamp,user_id'])).toBeNull()
  expect(
    lookAt(
      'events.csv',
      events(i => `u${i}`),
    ),
  ).toEqual({
    named: [{ to: 'users', shapes: new Map([['marked u', 10]]) }],
    own: null,
  })
})

test('it is enough when some hundred records were seen', () => {
  const bytes = new TextEncoder().encode(`${events(i => `u${i}`).join('\n')}\n`)
  const plan = planFile({ file: 'events.csv', head: bytes, size: null, isWhole: true, options: {} })
  const reader = createLookReader(plan, {})
  reader.push(bytes)
  expect(reader.isEnough()).toBe(false)
  reader.push(new TextEncoder().encode('login,2026-05-01T00:00:00Z,u1\n'.repeat(5000)))
  expect(reader.isEnough()).toBe(true)
})
