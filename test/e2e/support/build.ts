import { join } from 'node:path'
import { ensureBuilt } from '../../../electron/build-state.ts'

/** Before the first test: what is tested is what is built. */
export default function build(): void {
  ensureBuilt(join(import.meta.dirname, '../../..'))
}
