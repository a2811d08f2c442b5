import type { ReactNode } from 'react'
import type { Band } from './bands.ts'
import { count } from './format.ts'

type Props = Readonly<{ counts: ArrayLike<number>; bands: readonly Band[]; label: string; itemsName: string }>

/** The histogram as a table of ten bins per row, for assistive technology. */
export function HistogramTable({ counts, bands, label, itemsName }: Props): ReactNode {
  const rows = Array.from({ length: Math.ceil(counts.length / 10) }, (_, row) => {
    const from = row * 10
    const to = Math.min(counts.length - 1, from + 9)
    let sum = 0
    for (let bin = from; bin <= to; bin++) sum += counts[bin] ?? 0
    const inside = bands.filter((band, i) => band.from <= to && (bands[i + 1]?.from ?? Infinity) > from)
    return { from, to, sum, bands: inside.map(band => band.label).join(', ') }
  })
  return (
    <table className="unseen">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">Score</th>
          <th scope="col">Stage</th>
          <th scope="col">{itemsName}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.from}>
            <th scope="row">{row.from === row.to ? row.from : `${row.from} to ${row.to}`}</th>
            <td>{row.bands}</td>
            <td>{count(row.sum)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
