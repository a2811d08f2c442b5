import { fstatSync } from 'node:fs'

/** Which file is open and when it was last changed: the same as long as its bytes are. */
export function stampOf(descriptor: number): string {
  const { dev, ino, size, mtimeNs } = fstatSync(descriptor, { bigint: true })
  return `${dev} ${ino} ${size} ${mtimeNs}`
}
