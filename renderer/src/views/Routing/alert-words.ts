import { Building2, Flame, type LucideIcon, UserRoundPlus } from 'lucide-react'
import type { Alert } from '../../state/routing-alerts.ts'

type AlertWords = Readonly<{ label: string; means: string; icon: LucideIcon }>

const WORDS: Readonly<Record<Alert['kind'], AlertWords>> = {
  new_pql: {
    label: 'New PQL',
    means: 'The stage PQL or Hot PQL holds since the scores before these.',
    icon: Flame,
  },
  new_icp_account: {
    label: 'New ICP account',
    means:
      'An account of tier A or B has a workspace that was made in these days, or a company without an account that passes the ICP check signed up in them.',
    icon: Building2,
  },
  new_strategic_contact: {
    label: 'New contact',
    means: 'The first user record of somebody at a strategic account was made in these days.',
    icon: UserRoundPlus,
  },
}

export const alertWords = (kind: Alert['kind']): AlertWords => WORDS[kind]
