import { Button, SegmentedControl } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import { followCut, type ClusterGraph as Graph, loadGraph, setCut, useClusters } from '../../state/identity-clusters.ts'
import { showIdentityTab, useIdentity } from '../../state/identity-overview.ts'
import { askWhy, setWhy } from '../../state/identity-why.ts'
import { counted } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { ClusterEdges } from './ClusterEdges.tsx'
import { ClusterGraph } from './ClusterGraph.tsx'
import { CutSlider } from './CutSlider.tsx'
import { edgeWords, strengthWords } from './cluster-words.ts'
import { PersonValues } from './PersonValues.tsx'

const VIEWS = [
  { value: 'graph', label: 'Graph' },
  { value: 'table', label: 'Table' },
  { value: 'values', label: 'Values' },
] as const
type View = (typeof VIEWS)[number]['value']

/** One group: its graph or its table, the cut that both follow, and the values that hold for the person. */
export function ClusterPane(): ReactNode {
  const { client } = useServices()
  const graph = useClusters(state => state.graph)
  const status = useClusters(state => state.graphStatus)
  const chosen = useClusters(state => state.chosen)
  if (status === 'failed') return <Retry title="The group cannot be shown" again={() => loadGraph(client)} />
  if (chosen === null)
    return (
      <div className="cluster-pane">
        <p className="soft cluster-pane__hint">
          Choose a group to see what holds it together, and what was kept out of it.
        </p>
      </div>
    )
  if (graph === null) return <SkeletonRows rows={8} label="The group is being read" />
  return <Shown graph={graph} />
}

function Shown({ graph }: Readonly<{ graph: Graph }>): ReactNode {
  const { client } = useServices()
  const cut = useClusters(state => state.cut ?? state.graph?.bits ?? 0)
  const least = useIdentity(state => state.overview?.thresholds.review ?? 0)
  const [view, setView] = useState<View>('graph')
  const [selected, setSelected] = useState<number | null>(null)
  const follow = useDebouncedCallback(() => perform(followCut(client)), 100)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another graph has other joins
  useEffect(() => setSelected(null), [graph])
  const own = graph.nodes.filter(({ cluster }) => cluster === 0).length
  return (
    <section className="cluster-pane" aria-label="Group">
      <div className="cluster-pane__head">
        <h2 className="panel-title">
          {own === 1 ? 'One record, joined with none' : `${counted(own, 'record')} of one person`}
        </h2>
        <span className="muted">{leftOutWords(graph)}</span>
        <div className="screen__spacer" />
        <SegmentedControl
          size="xs"
          aria-label="Show as"
          value={view}
          onChange={value => setView(VIEWS.find(({ value: known }) => known === value)?.value ?? 'graph')}
          data={[...VIEWS]}
        />
      </div>
      {view === 'values' ? (
        <PersonValues id={graph.clusterId} />
      ) : (
        <>
          <CutSlider
            cut={cut}
            least={least}
            edges={graph.edges}
            onCut={next => {
              setCut(next)
              follow()
            }}
          />
          {view === 'graph' ? (
            <ClusterGraph graph={graph} cut={cut} selected={selected} onSelect={setSelected} />
          ) : (
            <ClusterEdges graph={graph} selected={selected} onSelect={setSelected} />
          )}
          <EdgeFoot graph={graph} selected={selected} />
        </>
      )}
    </section>
  )
}

function leftOutWords({ leftOut, nodes }: Graph): string {
  const border = nodes.filter(({ cluster }) => cluster !== 0).length
  const parts = [
    border > 0 ? `${counted(border, 'record')} at its border` : '',
    leftOut.nodes > 0 ? `${counted(leftOut.nodes, 'record')} not drawn` : '',
    leftOut.edges > 0 ? `${counted(leftOut.edges, 'join')} not drawn` : '',
  ]
  return parts.filter(part => part !== '').join(', ')
}

function EdgeFoot({ graph, selected }: Readonly<{ graph: Graph; selected: number | null }>): ReactNode {
  const { client } = useServices()
  const edge = selected === null ? undefined : graph.edges[selected]
  if (edge === undefined) return <Legend />
  const a = graph.nodes[edge.a]
  const b = graph.nodes[edge.b]
  if (a === undefined || b === undefined) return null
  const why = (): void => {
    setWhy({ question: 'persons', a: a.key, b: b.key })
    showIdentityTab('why')
    perform(askWhy(client))
  }
  return (
    <div className="edge-foot" role="status">
      <span className="two-lines">
        <span className="clip">
          {a.title} <span className="muted">{a.subtitle}</span> and {b.title}{' '}
          <span className="muted">{b.subtitle}</span>
        </span>
        <span className="clip soft">
          {edge.strongest}, {strengthWords(edge.bits)}. {edgeWords(edge)}.
        </span>
      </span>
      <div className="screen__spacer" />
      <Button size="compact-xs" variant="default" onClick={why}>
        Why
      </Button>
    </div>
  )
}

const KINDS = [
  ['join', 'joined'],
  ['bridge', 'bridge: two parts hang together by it alone'],
  ['decided', 'joined by an answer'],
  ['refused', 'refused'],
] as const

function Legend(): ReactNode {
  return (
    <ul className="edge-legend" aria-label="Lines">
      {KINDS.map(([kind, words]) => (
        <li key={kind}>
          <svg width="20" height="8" aria-hidden className={`cluster-edge cluster-edge--${kind}`}>
            <line x1="0" x2="20" y1="4" y2="4" strokeWidth="2" className="cluster-edge__line" />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}
