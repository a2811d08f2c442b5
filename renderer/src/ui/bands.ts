/** A named stretch of an axis, from its lower edge to the next band's. */
export type Band = Readonly<{ id: string; label: string; from: number; color: string }>

/** The band a bin of width 1 lies in: the last whose whole lower edge is not above it. */
export function bandAt(bands: readonly Band[], bin: number): Band {
  return bands.findLast(band => bin >= Math.floor(band.from)) ?? { id: '', label: '', from: 0, color: 'var(--accent)' }
}
