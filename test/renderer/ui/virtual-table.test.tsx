import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { VirtualTable } from '../../../renderer/src/ui/VirtualTable.tsx'
import '../support/browser-parts.ts'

afterEach(cleanup)

const COLUMNS = [
  { id: 'name', header: 'Name', width: '1fr', isSortable: true },
  { id: 'score', header: 'Score', width: '80px', isSortable: false, align: 'end' as const },
]

function Table({
  count,
  onOpen,
  onSort = () => undefined,
}: Readonly<{ count: number; onOpen: (place: number) => void; onSort?: (id: string) => void }>) {
  const [active, setActive] = useState(-1)
  return (
    <MantineProvider>
      <VirtualTable
        label="Units"
        columns={COLUMNS}
        count={count}
        rowHeight={32}
        sort={{ id: 'name', descending: true }}
        onSort={onSort}
        active={active}
        onActive={setActive}
        onOpen={onOpen}
        onVisible={() => undefined}
        cellsOf={place => (place === 2 ? null : [`unit ${place}`, place])}
      />
    </MantineProvider>
  )
}

test('of 100,000 rows only those on screen exist, and the table says how many there are', () => {
  render(<Table count={100_000} onOpen={() => undefined} />)
  const grid = screen.getByRole('grid')
  expect(grid.getAttribute('aria-rowcount')).toBe('100001')
  expect(screen.getAllByRole('row').length).toBeLessThan(60)
})

test('arrows move, Enter opens, and the grid points at the row', () => {
  const onOpen = vi.fn()
  render(<Table count={50} onOpen={onOpen} />)
  const grid = screen.getByRole('grid')
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) fireEvent.keyDown(grid, { key })
  const pointed = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
  expect(pointed?.textContent).toContain('unit 1')
  expect(pointed?.getAttribute('aria-selected')).toBe('true')
  fireEvent.keyDown(grid, { key: 'Enter' })
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(1)
})

test('Home and End go to the ends and no further', () => {
  const onOpen = vi.fn()
  render(<Table count={5} onOpen={onOpen} />)
  const grid = screen.getByRole('grid')
  for (const key of ['End', 'ArrowDown', 'Enter', 'Home', 'ArrowUp', 'Enter']) fireEvent.keyDown(grid, { key })
  expect(onOpen.mock.calls).toEqual([[4], [0]])
})

test('a row on its way is grey, and its head sorts', () => {
  const onSort = vi.fn()
  const { container } = render(<Table count={5} onOpen={() => undefined} onSort={onSort} />)
  expect(container.querySelectorAll('.skeleton-bar')).toHaveLength(1)
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending')
  fireEvent.click(screen.getByRole('button', { name: 'Name' }))
  expect(onSort).toHaveBeenCalledExactlyOnceWith('name')
})
