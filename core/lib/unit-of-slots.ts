/** Unit per slot, from the first slot of each unit and, at the end, the number of slots. */
export function unitOfSlots(start: Uint32Array): Uint32Array {
  const units = start.length - 1
  const unit = new Uint32Array(start[units] as number)
  for (let u = 0; u < units; u++) unit.fill(u, start[u], start[u + 1])
  return unit
}
