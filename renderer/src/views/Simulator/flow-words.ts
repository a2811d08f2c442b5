import type { Cell } from '../../state/simulator-view.ts'
import type { Flow } from '../../ui/flow-layout.ts'
import { counted } from '../../ui/format.ts'
import { channelOf, inSentence, stageOf } from '../words.ts'

/** `12 workspaces from Warm to PQL`, `583 workspaces staying in Warm`. */
export function flowName(matrix: Cell['matrix'], { from, to, units }: Flow, unit: string): string {
  const label = (id: string): string => (matrix === 'stage' ? stageOf(id).label : inSentence(channelOf(id).label))
  const who = counted(units, unit)
  return from === to ? `${who} staying in ${label(from)}` : `${who} from ${label(from)} to ${label(to)}`
}
