import { MantineProvider } from '@mantine/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, useEffect, useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../support/browser-parts.ts'
import { SearchField } from '../../../renderer/src/ui/SearchField.tsx'

const DELAY = 10
let setFromElsewhere: (text: string) => void = () => undefined

/** A store that answers late, as one does that asks the engine first. */
function Late({ lateMs, onAsked }: Readonly<{ lateMs: number; onAsked: (text: string) => void }>): ReactNode {
  const [search, setSearch] = useState('')
  useEffect(() => {
    setFromElsewhere = setSearch
  }, [])
  const ask = (text: string): void => {
    onAsked(text)
    setTimeout(() => setSearch(text), lateMs)
  }
  return <SearchField search={search} onSearch={ask} delayMs={DELAY} />
}

beforeEach(() => {
  cleanup()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

const show = (what: ReactNode) => render(<MantineProvider>{what}</MantineProvider>)
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Search the list' })
const wait = async (ms: number): Promise<void> =>
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms)
  })

test.each([0, 5, 25, 60])('no letter is lost where the store answers %i ms later than it is asked', async lateMs => {
  const asked = vi.fn()
  show(<Late lateMs={lateMs} onAsked={asked} />)
  let text = ''
  for (const letter of 'acme cloud gmbh') {
    text += letter
    fireEvent.change(field(), { target: { value: field().value + letter } })
    expect(field().value).toBe(text)
    await wait(12)
    expect(field().value).toBe(text)
  }
  await wait(DELAY + lateMs)
  expect(field().value).toBe(text)
  expect(asked).toHaveBeenLastCalledWith(text)
})

test('what is set from elsewhere holds, and takes the place of what was about to be asked', async () => {
  const asked = vi.fn()
  show(<Late lateMs={0} onAsked={asked} />)
  fireEvent.change(field(), { target: { value: 'ac' } })
  act(() => setFromElsewhere('of a saved view'))
  expect(field().value).toBe('of a saved view')
  await wait(100)
  expect([field().value, asked.mock.calls]).toEqual(['of a saved view', []])
})

test('Esc clears and leaves', async () => {
  const asked = vi.fn()
  show(<Late lateMs={0} onAsked={asked} />)
  fireEvent.keyDown(window, { key: '/' })
  expect(document.activeElement).toBe(field())
  fireEvent.change(field(), { target: { value: 'abc' } })
  await wait(50)
  fireEvent.keyDown(field(), { key: 'Escape' })
  await wait(50)
  expect([field().value, document.activeElement === field()]).toEqual(['', false])
  expect(asked.mock.calls).toEqual([['abc'], ['']])
})
