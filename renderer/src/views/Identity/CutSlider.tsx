import { useElementSize } from '@mantine/hooks'
import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import type { ClusterEdge } from '../../state/identity-clusters.ts'
import { BitsHandle } from '../../ui/BitsHandle.tsx'
import { bits, likelihood } from '../../ui/format.ts'

type Props = Readonly<{
  cut: number
  least: number
  edges: readonly ClusterEdge[]
  onCut: (cut: number) => void
}>

const HEIGHT = 40
const LEFT = 12

/** The joins of a cluster on the axis of evidence, and the cut: what stands left of it no longer joins. */
export function CutSlider({ cut, least, edges, onCut }: Props): ReactNode {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.max(240, measured || 560)
  const strengths = edges.flatMap(edge => (edge.bits === null ? [] : [edge.bits]))
  const most = Math.ceil(Math.max(24, ...strengths))
  const x = scaleLinear([least, most], [LEFT, width - 60])
  return (
    <div className="cut-slider" ref={ref} style={{ height: HEIGHT + 18 }}>
      <svg width={width} height={HEIGHT + 18} aria-hidden>
        <line className="bits-histogram__base" x1={LEFT} x2={width - 60} y1={HEIGHT} y2={HEIGHT} />
        {edges.map((edge, place) =>
          edge.bits === null ? null : (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: a join has no identity but its place
              key={place}
              x1={x(edge.bits)}
              x2={x(edge.bits)}
              y1={edge.refused === null ? HEIGHT - 14 : HEIGHT - 8}
              y2={HEIGHT}
              className={`cut-slider__tick${edge.refused === null ? '' : ' is-refused'}${edge.bits < cut ? ' is-below' : ''}`}
            />
          ),
        )}
        {x.ticks(6).map(value => (
          <text key={value} className="histogram__tick" x={x(value)} y={HEIGHT + 14} textAnchor="middle">
            {bits(value)}
          </text>
        ))}
      </svg>
      <BitsHandle
        label="Cut"
        text={`cut ${bits(cut)}, ${likelihood(cut)}`}
        value={cut}
        min={least}
        max={most}
        x={x}
        valueAt={px => x.invert(px)}
        height={HEIGHT}
        color="var(--accent)"
        onChange={onCut}
      />
    </div>
  )
}
