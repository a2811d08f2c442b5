import {
  Check,
  CheckCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  Eye,
  type LucideIcon,
  RotateCcw,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Band } from '../../state/identity-overview.ts'
import { BAND_WORDS } from './identity-words.ts'

const ICONS: Readonly<Record<Band, LucideIcon>> = {
  auto: Check,
  review: CircleDashed,
  watch: Eye,
  ambiguous: CircleQuestionMark,
  decided: CheckCheck,
  reconfirm: RotateCcw,
}

type Props = Readonly<{ band: Band; isHeld: boolean; hasLabel?: boolean }>

/** Where a candidate stands, as a sign, and in words where there is room. */
export function BandMark({ band, isHeld, hasLabel = false }: Props): ReactNode {
  const { label, means, color } = BAND_WORDS[band]
  const Icon = isHeld ? CirclePause : ICONS[band]
  const said = isHeld ? 'Held: a rule keeps it below joining, whatever the sum' : label
  return (
    <span className="with-mark band-mark" style={{ color }} title={isHeld ? said : `${label}: ${means}`}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {hasLabel ? <span>{isHeld ? `${label}, held` : label}</span> : <span className="unseen">{said}</span>}
    </span>
  )
}
