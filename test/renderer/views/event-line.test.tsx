import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { UnitEvent } from '../../../renderer/src/state/unit-events.ts'
import { EventLine } from '../../../renderer/src/views/Scores/EventLine.tsx'

const EVENT: UnitEvent = {
  position: 7,
  at: Date.UTC(2026, 4, 30, 8, 5),
  name: 'Pricing Viewed',
  kind: 'pricing_page_view',
  userId: 'u1',
  personId: 'u1',
  properties: '',
  file: 'events.csv',
  line: 12,
}

test('an event that was given to the next login says so, and by which id', () => {
  const stitched = { kind: 'anonymous_id', id: 'anon7', loginAt: Date.UTC(2026, 4, 30, 9, 10) } as const
  render(<EventLine event={{ ...EVENT, stitched }} who="Ada Byron" />)
  const who = screen.getByText(/Ada Byron/)
  expect(who.textContent).toBe('Ada Byron before login')
  expect(who.title).toMatch(/Nobody else used anonymous id anon7 before the login there on .*30.*, 09:10.* UTC/)
})

test('one that names its user says nothing of it', () => {
  render(<EventLine event={EVENT} who="Ada Byron" />)
  expect(screen.getByText('Ada Byron').title).toBe('')
})
