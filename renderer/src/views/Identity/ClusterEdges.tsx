import { type ReactNode, useMemo } from 'react'
import type { ClusterGraph } from '../../state/identity-clusters.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { alignedBits } from '../../ui/format.ts'
import { edgeWords, recordLabels } from './cluster-words.ts'

type Row = Readonly<{ place: number; a: string; b: string; edge: ClusterGraph['edges'][number] }>

function clipped(text: string, className = 'clip'): ReactNode {
  return (
    <span className={className} title={text}>
      {text}
    </span>
  )
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'a', header: 'Record', width: '20%', sortBy: row => row.a, cell: row => clipped(row.a) },
  { id: 'b', header: 'and', width: '20%', sortBy: row => row.b, cell: row => clipped(row.b) },
  {
    id: 'bits',
    header: 'Bits',
    align: 'end',
    width: '76px',
    sortBy: row => row.edge.bits ?? Number.POSITIVE_INFINITY,
    cell: row => (row.edge.bits === null ? '–' : alignedBits(row.edge.bits)),
  },
  {
    id: 'state',
    header: 'What it does',
    sortBy: row => edgeWords(row.edge),
    width: '26%',
    cell: row => edgeWords(row.edge),
  },
  { id: 'why', header: 'Strongest evidence', width: '22%', cell: row => clipped(row.edge.strongest, 'clip soft') },
]

type Props = Readonly<{ graph: ClusterGraph; selected: number | null; onSelect: (edge: number | null) => void }>

/** The graph as a table, strongest first: what joins the records, and what was refused and why. */
export function ClusterEdges({ graph, selected, onSelect }: Props): ReactNode {
  const rows = useMemo(() => {
    const labels = recordLabels(graph.nodes)
    return graph.edges.map((edge, place) => ({ place, edge, a: labels[edge.a] ?? '', b: labels[edge.b] ?? '' }))
  }, [graph])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must scroll by keyboard too
    <section className="cluster-edges" tabIndex={0} aria-label="Joins as a table">
      <DataTable
        label="Joins of the group"
        columns={COLUMNS}
        rows={rows}
        keyOf={row => String(row.place)}
        sort={{ id: 'bits', desc: true }}
        selectedKey={selected === null ? null : String(selected)}
        onSelect={row => onSelect(row.place === selected ? null : row.place)}
      />
    </section>
  )
}
