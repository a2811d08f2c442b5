import type { Point } from './force-layout.ts'

/** Where the text of a point stands. */
export type LabelPlace = Readonly<{ x: number; y: number; anchor: 'start' | 'middle' | 'end' }>

type Box = Readonly<{ left: number; right: number; top: number; bottom: number }>
type Area = Readonly<{ width: number; height: number; letter: number }>

const GAP = 10
const HALF_LINE = 8
/** From the middle of a line to where its letters stand. */
const BASE = 4
const RADIUS = 6

/**
 * Places for labels beside their points: on the right, else on the left, below or above, where there is room and neither another
 * label nor another point. Where no side is free, on the right or, where that leaves the area, on the left.
 *
 * @param labels one per point; their widths are estimated
 * @param area in px; `letter` is the width of a letter, about
 * @returns one per point
 */
export function labelPlaces(
  points: readonly Point[],
  labels: readonly string[],
  { width, height, letter }: Area,
): readonly LabelPlace[] {
  const taken: Box[] = points.map(({ x, y }) => around(x - RADIUS, x + RADIUS, y, RADIUS))
  return points.map((point, i) => {
    const length = (labels[i] ?? '').length * letter
    const sides = sidesOf(point, length)
    const isFree = ({ box }: Side): boolean =>
      isInside(box, width, height) && taken.every((other, at) => at === i || !isOver(box, other))
    const [right, left] = sides
    const chosen = sides.find(isFree) ?? (right !== undefined && right.box.right > width ? left : right)
    if (chosen === undefined) return { x: point.x, y: point.y, anchor: 'start' }
    taken.push(chosen.box)
    return chosen.place
  })
}

type Side = Readonly<{ place: LabelPlace; box: Box }>

function sidesOf({ x, y }: Point, length: number): readonly Side[] {
  const beside = (left: number, anchor: LabelPlace['anchor'], at: number): Side => ({
    place: {
      x: anchor === 'start' ? left : anchor === 'end' ? left + length : left + length / 2,
      y: at + BASE,
      anchor,
    },
    box: around(left, left + length, at, HALF_LINE),
  })
  const line = RADIUS + HALF_LINE + 2
  return [
    beside(x + GAP, 'start', y),
    beside(x - GAP - length, 'end', y),
    beside(x - length / 2, 'middle', y + line),
    beside(x - length / 2, 'middle', y - line),
  ]
}

const around = (left: number, right: number, y: number, half: number): Box => ({
  left,
  right,
  top: y - half,
  bottom: y + half,
})

const isInside = ({ left, right, top, bottom }: Box, width: number, height: number): boolean =>
  left >= 0 && right <= width && top >= 0 && bottom <= height

const isOver = (one: Box, two: Box): boolean =>
  one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom
