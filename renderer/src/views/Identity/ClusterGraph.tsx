import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useMemo, useRef } from 'react'
import type { ClusterGraph as Graph } from '../../state/identity-clusters.ts'
import { fitInto, forceLayout, type Point } from '../../ui/force-layout.ts'
import { counted } from '../../ui/format.ts'
import { type LabelPlace, labelPlaces } from '../../ui/label-places.ts'
import { edgeWords, partingJoins, recordLabels, strengthWords } from './cluster-words.ts'

type Props = Readonly<{
  graph: Graph
  /** Edges below are drawn faint before the engine has answered. */
  cut: number
  selected: number | null
  onSelect: (edge: number | null) => void
}>

const MOST_LABELS = 36
/** Joins from which on their lines would lie on each other. */
const MOST_THICK = 200
const MARGIN = 40
/** Width of a letter of a label, about. */
const LETTER = 6.2

/** One cluster and what stands at its border: joins drawn through, refused ones dashed. The table beside it says the same. */
export function ClusterGraph({ graph, cut, selected, onSelect }: Props): ReactNode {
  const { ref, width: measuredWidth, height: measuredHeight } = useElementSize<HTMLDivElement>()
  const width = Math.max(280, measuredWidth || 560)
  const height = Math.max(240, measuredHeight || 360)
  const placed = usePlaces(graph)
  const points = useMemo(() => fitInto(placed, width, height, MARGIN), [placed, width, height])
  const parting = useMemo(() => partingJoins(graph), [graph])
  const labels = useMemo(() => recordLabels(graph.nodes), [graph])
  const own = graph.nodes.filter(({ cluster }) => cluster === 0).length
  const isDense = graph.nodes.length > MOST_LABELS
  const texts = useMemo(
    () => (isDense ? [] : labelPlaces(points, labels, { width, height, letter: LETTER })),
    [isDense, points, labels, width, height],
  )
  const thinness = graph.edges.length > MOST_THICK ? 3 : 1
  const refused = graph.edges.filter(edge => edge.refused !== null).length
  return (
    <div className={isDense ? 'cluster-graph is-dense' : 'cluster-graph'} ref={ref}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`${counted(own, 'record')} of one person, ${counted(refused, 'refused join')}; the table says the same`}
      >
        {graph.edges.map((edge, place) => (
          <EdgeLine
            key={`${edge.a} ${edge.b} ${edge.refused ?? ''}`}
            edge={edge}
            from={points[edge.a]}
            to={points[edge.b]}
            isFaint={edge.bits !== null && edge.bits < cut && edge.refused === null}
            isParting={parting.has(place)}
            thinness={parting.has(place) ? 1 : thinness}
            isSelected={place === selected}
            onSelect={() => onSelect(place === selected ? null : place)}
          />
        ))}
        {graph.nodes.map((node, place) => (
          <NodeMark key={node.key} node={node} label={labels[place] ?? ''} at={points[place]} text={texts[place]} />
        ))}
      </svg>
    </div>
  )
}

/** Records keep their places while the cut moves, so that one sees what leaves. */
function usePlaces(graph: Graph): readonly Point[] {
  const before = useRef(new Map<string, Point>())
  return useMemo(() => {
    const springs = graph.edges.map(({ a, b, bits, refused }) => ({
      a,
      b,
      length: refused === null ? 52 : 96,
      strength: refused === null ? Math.min(1, 0.4 + (bits ?? 12) / 30) : 0.08,
    }))
    const known = graph.nodes.map(({ key }) => before.current.get(key) ?? null)
    const points = forceLayout(graph.nodes.length, springs, known)
    before.current = new Map(graph.nodes.map(({ key }, place) => [key, points[place] ?? { x: 0, y: 0 }]))
    return points
  }, [graph])
}

type EdgeProps = Readonly<{
  edge: Graph['edges'][number]
  from: Point | undefined
  to: Point | undefined
  isFaint: boolean
  isParting: boolean
  /** What the width of a line is divided by. */
  thinness: number
  isSelected: boolean
  onSelect: () => void
}>

function EdgeLine({ edge, from, to, isFaint, isParting, thinness, isSelected, onSelect }: EdgeProps): ReactNode {
  if (from === undefined || to === undefined) return null
  const kind = edge.refused !== null ? 'refused' : edge.isDecided ? 'decided' : isParting ? 'bridge' : 'join'
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y }
  const width = edge.refused === null ? (1 + Math.min(3, Math.max(0, edge.bits ?? 16) / 6)) / thinness : 1.5
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table of joins has the keyboard
    <g
      className={`cluster-edge cluster-edge--${kind}${isFaint ? ' is-faint' : ''}${isSelected ? ' is-selected' : ''}`}
      onClick={onSelect}
    >
      <title>{`${edge.strongest}, ${strengthWords(edge.bits)}. ${edgeWords(edge)}.`}</title>
      <line {...ends} className="cluster-edge__reach" />
      <line {...ends} className="cluster-edge__line" strokeWidth={width} />
    </g>
  )
}

type NodeProps = Readonly<{
  node: Graph['nodes'][number]
  label: string
  at: Point | undefined
  /** Where the label stands; undefined where there are too many. */
  text: LabelPlace | undefined
}>

function NodeMark({ node, label, at, text }: NodeProps): ReactNode {
  if (at === undefined) return null
  return (
    <g className={node.cluster === 0 ? 'cluster-node' : 'cluster-node cluster-node--other'}>
      <title>{[node.title, node.subtitle, node.key].filter(Boolean).join(', ')}</title>
      <circle cx={at.x} cy={at.y} r={node.cluster === 0 ? 6 : 5} />
      {text !== undefined && (
        <text x={text.x} y={text.y} textAnchor={text.anchor}>
          {label}
        </text>
      )}
    </g>
  )
}
