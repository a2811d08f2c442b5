import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Standing } from '../../state/health.ts'

type StandingWords = Readonly<{
  id: Standing
  label: string
  many: string
  means: string
  icon: LucideIcon
  color: string
}>

/** How a check stands, worst first. */
export const STANDINGS: readonly StandingWords[] = [
  {
    id: 'critical',
    label: 'Critical',
    many: 'critical',
    means: 'So much is affected that scores cannot be trusted.',
    icon: OctagonAlert,
    color: 'var(--bad)',
  },
  {
    id: 'warning',
    label: 'Warning',
    many: 'warnings',
    means: 'Some scores are off, or a pattern should be looked at.',
    icon: TriangleAlert,
    color: 'var(--warn)',
  },
  {
    id: 'note',
    label: 'Note',
    many: 'notes',
    means: 'Worth knowing; scores hold.',
    icon: Info,
    color: 'var(--ink-3)',
  },
  {
    id: 'passed',
    label: 'Nothing found',
    many: 'found nothing',
    means: 'Checked, and nothing was found.',
    icon: CircleCheck,
    color: 'var(--good)',
  },
]

const WORDS = new Map(STANDINGS.map(words => [words.id, words]))

export function standingWords(standing: Standing): StandingWords {
  const words = WORDS.get(standing)
  if (words === undefined) throw new Error(`no words for ${standing}`)
  return words
}

/** The glyph of a standing, told apart by shape as well as colour. */
export function StandingGlyph({ standing, size = 15 }: Readonly<{ standing: Standing; size?: number }>): ReactNode {
  const { icon: Icon, color, label } = standingWords(standing)
  return <Icon size={size} strokeWidth={2} color={color} role="img" aria-label={label} className="standing-glyph" />
}
