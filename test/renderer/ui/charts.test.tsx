import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Range } from '../../../renderer/src/ui/brush.ts'
import { Histogram } from '../../../renderer/src/ui/Histogram.tsx'
import { Sparkline } from '../../../renderer/src/ui/Sparkline.tsx'
import { ThresholdCurve } from '../../../renderer/src/ui/ThresholdCurve.tsx'
import { Waterfall, type WaterfallRow } from '../../../renderer/src/ui/Waterfall.tsx'
import '../support/browser-parts.ts'

afterEach(cleanup)

const BANDS = [
  { id: 'low', label: 'Low', from: 0, color: 'grey' },
  { id: 'high', label: 'High', from: 50, color: 'red' },
]

function showHistogram(range: Range | null, onRange: (range: Range | null) => void): void {
  const counts = Array.from({ length: 101 }, (_, bin) => (bin === 0 ? 40 : bin === 55 ? 7 : bin === 100 ? 2 : 0))
  render(
    <Histogram
      counts={counts}
      ghost={null}
      bands={BANDS}
      range={range}
      onRange={onRange}
      label="Units"
      itemsName="Units"
    />,
  )
}

test('a histogram can be read as a table', () => {
  showHistogram(null, () => undefined)
  const cells = within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map(row => [...row.children].map(cell => cell.textContent))
  expect(cells[0]).toEqual(['0 to 9', 'Low', '40'])
  expect(cells[5]).toEqual(['50 to 59', 'High', '7'])
  expect(cells.at(-1)).toEqual(['100', 'High', '2'])
})

test('no line runs through the words that say what a histogram shows', () => {
  showHistogram(null, () => undefined)
  const words = screen.getByText('Units, square-root axis')
  const lines = [...document.querySelectorAll('line.histogram__grid, line.histogram__threshold')]
  expect(lines.length).toBeGreaterThan(1)
  const highest = Math.min(...lines.flatMap(line => [Number(line.getAttribute('y1')), Number(line.getAttribute('y2'))]))
  expect(highest).toBeGreaterThan(Number(words.getAttribute('y')) + 3)
})

test.each<{ why: string; most: number; level: number; want: readonly string[] }>([
  { why: 'two at most are two steps', most: 2, level: 9, want: ['0', '1', '2'] },
  { why: 'a level below one still has whole figures', most: 3, level: 1, want: ['0', '1', '2'] },
  { why: 'many are a few round figures', most: 400, level: 160, want: ['0', '100', '200', '300', '400'] },
])('the axis of a threshold curve: $why', ({ most, level, want }) => {
  const values = Array.from({ length: 1001 }, (_, tenth) => (tenth < 500 ? most : 0))
  render(<ThresholdCurve label="Curve" values={values} level={level} levelLabel="Capacity" marks={[]} />)
  const ticks = [...document.querySelectorAll('g > line.histogram__grid + text')]
  expect(ticks.map(tick => tick.textContent)).toEqual(want)
})

test.each<{ why: string; range: Range | null; handle: string; key: string; want: Range | null }>([
  {
    why: 'the lower handle moves up by one',
    range: null,
    handle: 'Lowest score shown',
    key: 'ArrowRight',
    want: [1, 100],
  },
  {
    why: 'the upper handle moves down by ten',
    range: null,
    handle: 'Highest score shown',
    key: 'PageDown',
    want: [0, 90],
  },
  { why: 'the whole axis is no range', range: [1, 100], handle: 'Lowest score shown', key: 'ArrowLeft', want: null },
  { why: 'the handles never cross', range: [40, 41], handle: 'Lowest score shown', key: 'PageUp', want: [40, 41] },
])('$why', ({ range, handle, key, want }) => {
  const onRange = vi.fn()
  showHistogram(range, onRange)
  fireEvent.keyDown(screen.getByRole('slider', { name: handle }), { key })
  expect(onRange).toHaveBeenCalledExactlyOnceWith(want)
})

test('a waterfall is a table whose lines start where the one before ended', () => {
  const line = (id: string, value: number): WaterfallRow => ({
    id,
    name: id,
    label: id,
    value,
    color: 'blue',
    kind: 'line',
  })
  const rows: WaterfallRow[] = [
    { ...line('Bucket', 30), kind: 'group' },
    line('a', 20),
    line('b', 10),
    line('c', -5),
    { ...line('Score', 25), kind: 'total' },
  ]
  const { container } = render(<Waterfall label="Sum" rows={rows} marks={[]} />)
  const bars = [...container.querySelectorAll('tbody rect')].map(bar => ({
    x: Number(bar.getAttribute('x')),
    width: Number(bar.getAttribute('width')),
  }))
  const [group, a, b, c, total] = bars
  expect(group?.width).toBeCloseTo((a?.width ?? 0) + (b?.width ?? 0), 6)
  expect(b?.x).toBeCloseTo((a?.x ?? 0) + (a?.width ?? 0), 6)
  expect((c?.x ?? 0) + (c?.width ?? 0)).toBeCloseTo((b?.x ?? 0) + (b?.width ?? 0), 6)
  expect((total?.x ?? 0) + (total?.width ?? 0)).toBeCloseTo(c?.x ?? 0, 6)
  expect(screen.getByRole('row', { name: /Score/ }).textContent).toContain('25.0')
})

test('a sparkline has its days as a table', () => {
  render(<Sparkline values={[0, 3, 1]} nameOf={day => `day ${day}`} label="Events" startLabel="a" endLabel="b" />)
  expect(screen.getByRole('row', { name: 'day 1 3' })).toBeDefined()
})
