/** Units that go from one place to another. */
export type Flow = Readonly<{ from: string; to: string; units: number }>
type Span = Readonly<{ id: string; top: number; height: number }>
export type Ribbon = Flow & Readonly<{ fromTop: number; toTop: number; height: number }>
export type FlowLayout = Readonly<{ left: readonly Span[]; right: readonly Span[]; ribbons: readonly Ribbon[] }>

type Room = Readonly<{ height: number; gap: number; least: number; most: number }>

/**
 * Two columns of bars with ribbons between them, ordered so that the ribbons of a bar do not cross.
 *
 *   height of a ribbon = max(least, units * scale), one scale for all
 *
 * @param flows  those without units are left out
 * @param order  ids from top to bottom; bars that nothing touches are left out
 * @param room   height of the columns, the gap between bars, the least height of a ribbon, the most per unit
 */
export function layFlows(flows: readonly Flow[], order: readonly string[], room: Room): FlowLayout {
  const place = (id: string): number => order.indexOf(id)
  const drawn = flows
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to))
  const scale = scaleOf(drawn, order, room)
  const heightOf = ({ units }: Flow): number => Math.max(room.least, units * scale)
  const left = columnOf(order, id => sumOf(drawn.filter(({ from }) => from === id).map(heightOf)), room)
  const right = columnOf(order, id => sumOf(drawn.filter(({ to }) => to === id).map(heightOf)), room)
  const used = new Map<string, number>()
  const take = (side: string, spans: readonly Span[], id: string, height: number): number => {
    const key = `${side} ${id}`
    const at = used.get(key) ?? spans.find(span => span.id === id)?.top ?? 0
    used.set(key, at + height)
    return at
  }
  const ribbons = drawn.map(flow => {
    const height = heightOf(flow)
    return {
      ...flow,
      height,
      fromTop: take('left', left, flow.from, height),
      toTop: take('right', right, flow.to, height),
    }
  })
  return { left, right, ribbons }
}

/** The largest scale at which the fuller column fits, thin ribbons at their least height. */
function scaleOf(flows: readonly Flow[], order: readonly string[], { height, gap, least, most }: Room): number {
  const bars = Math.max(
    order.filter(id => flows.some(({ from }) => from === id)).length,
    order.filter(id => flows.some(({ to }) => to === id)).length,
  )
  const free = height - gap * Math.max(0, bars - 1) - least * flows.length
  const units = sumOf(flows.map(flow => flow.units))
  return units === 0 ? 0 : Math.min(most, Math.max(0, free) / units)
}

function columnOf(order: readonly string[], heightOf: (id: string) => number, { gap }: Room): readonly Span[] {
  const spans: Span[] = []
  let top = 0
  for (const id of order) {
    const height = heightOf(id)
    if (height === 0) continue
    spans.push({ id, top, height })
    top += height + gap
  }
  return spans
}

const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
