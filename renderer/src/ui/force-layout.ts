export type Point = Readonly<{ x: number; y: number }>
export type Spring = Readonly<{
  a: number
  b: number
  /** Length at rest. */
  length: number
  /** 0 (slack) to 1 (stiff). */
  strength: number
}>

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))
const REPULSION = 9000
const GRAVITY = 0.015
const DRAG = 0.6
/** Farthest that a point goes in one step. */
const MOST_STEP = 40
/** Springs at one point from which on they share its stiffness, so that what hangs together closely comes to rest. */
const MOST_STIFF = 3
/** Work of one layout, in pairs of points looked at. */
const BUDGET = 9_000_000

/**
 * Places points so that springs are near their length and no two points are on top of each other: every point repels
 * every other with a force that falls with the square of the distance, springs pull, the middle draws gently. Points
 * begin on a spiral in their order, or where they were before; nothing is random, so equal input gives an equal picture.
 *
 * @param count   number of points
 * @param springs places in 0..count-1
 * @param before  where points were, by place; null for those that are new
 * @returns one point per place, around the origin
 */
export function forceLayout(
  count: number,
  springs: readonly Spring[],
  before: readonly (Point | null)[] = [],
): readonly Point[] {
  const x = Float64Array.from({ length: count }, (_, i) => before[i]?.x ?? spiral(i).x)
  const y = Float64Array.from({ length: count }, (_, i) => before[i]?.y ?? spiral(i).y)
  const vx = new Float64Array(count)
  const vy = new Float64Array(count)
  const shared = sharedSprings(count, springs)
  const steps = Math.max(40, Math.min(300, Math.floor(BUDGET / Math.max(1, count * count))))
  for (let step = 0; step < steps; step++) {
    const heat = 1 - step / steps
    repel(x, y, vx, vy, heat)
    pull(shared, x, y, vx, vy, heat)
    for (let i = 0; i < count; i++) {
      // i < count, so every place of the four arrays is there
      const fx = (vx[i] as number) - (x[i] as number) * GRAVITY * heat
      const fy = (vy[i] as number) - (y[i] as number) * GRAVITY * heat
      const slower = DRAG * Math.min(1, MOST_STEP / Math.max(MOST_STEP, Math.hypot(fx, fy)))
      vx[i] = fx * slower
      vy[i] = fy * slower
      x[i] = (x[i] as number) + (vx[i] as number)
      y[i] = (y[i] as number) + (vy[i] as number)
    }
  }
  return Array.from({ length: count }, (_, i) => ({ x: x[i] ?? 0, y: y[i] ?? 0 }))
}

/** Springs with the strength that they have beside others at the same points. */
function sharedSprings(count: number, springs: readonly Spring[]): readonly Spring[] {
  const at = new Uint32Array(count)
  for (const { a, b } of springs) {
    at[a] = (at[a] ?? 0) + 1
    at[b] = (at[b] ?? 0) + 1
  }
  return springs.map(spring => {
    const fewest = Math.min(at[spring.a] ?? 0, at[spring.b] ?? 0)
    return { ...spring, strength: spring.strength * Math.min(1, MOST_STIFF / Math.max(1, fewest)) }
  })
}

function spiral(place: number): Point {
  const radius = 14 * Math.sqrt(place + 0.5)
  return { x: radius * Math.cos(place * GOLDEN_ANGLE), y: radius * Math.sin(place * GOLDEN_ANGLE) }
}

type Axis = Float64Array

function repel(x: Axis, y: Axis, vx: Axis, vy: Axis, heat: number): void {
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      // i and j are places of all four arrays
      const dx = (x[j] as number) - (x[i] as number) || (j - i) * 1e-3
      const dy = (y[j] as number) - (y[i] as number)
      const distance = Math.max(16, dx * dx + dy * dy)
      const force = (REPULSION * heat) / distance / Math.sqrt(distance)
      vx[i] = (vx[i] as number) - dx * force
      vy[i] = (vy[i] as number) - dy * force
      vx[j] = (vx[j] as number) + dx * force
      vy[j] = (vy[j] as number) + dy * force
    }
  }
}

function pull(springs: readonly Spring[], x: Axis, y: Axis, vx: Axis, vy: Axis, heat: number): void {
  for (const { a, b, length, strength } of springs) {
    const dx = (x[b] ?? 0) - (x[a] ?? 0)
    const dy = (y[b] ?? 0) - (y[a] ?? 0)
    const distance = Math.max(1e-3, Math.hypot(dx, dy))
    const force = ((distance - length) / distance) * strength * 0.5 * heat
    vx[a] = (vx[a] ?? 0) + dx * force
    vy[a] = (vy[a] ?? 0) + dy * force
    vx[b] = (vx[b] ?? 0) - dx * force
    vy[b] = (vy[b] ?? 0) - dy * force
  }
}

/** Shifts and scales points into a box, never larger than `most` times. */
export function fitInto(
  points: readonly Point[],
  width: number,
  height: number,
  margin: number,
  most = 2,
): readonly Point[] {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const scale = Math.min(
    most,
    Math.max(1, width - 2 * margin) / Math.max(1, right - left),
    Math.max(1, height - 2 * margin) / Math.max(1, bottom - top),
  )
  return points.map(({ x, y }) => ({
    x: width / 2 + (x - (left + right) / 2) * scale,
    y: height / 2 + (y - (top + bottom) / 2) * scale,
  }))
}
