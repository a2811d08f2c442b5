import {
  AppWindow,
  BriefcaseBusiness,
  Building2,
  CircleSlash,
  Handshake,
  type LucideIcon,
  Mail,
  Phone,
  PhoneCall,
  Search,
  Sprout,
} from 'lucide-react'
import { words } from '../ui/format.ts'

export type StageWords = Readonly<{ id: string; label: string; level: number; color: string; means: string }>

/** Stages from low to high, by the names the engine gives them. */
export const STAGES: readonly StageWords[] = [
  { id: 'Not PQL', label: 'Not PQL', level: 0, color: 'var(--stage-none)', means: 'Score below the Warm threshold.' },
  { id: 'Warm', label: 'Warm', level: 1, color: 'var(--stage-warm)', means: 'Active, not yet qualified.' },
  {
    id: 'PQL',
    label: 'PQL',
    level: 2,
    color: 'var(--stage-pql)',
    means: 'Product-qualified: usage suggests readiness to buy.',
  },
  {
    id: 'Hot PQL',
    label: 'Hot PQL',
    level: 3,
    color: 'var(--stage-hot)',
    means: 'Strongest signs of readiness to buy.',
  },
]
const UNKNOWN_STAGE: StageWords = { id: '', label: '–', level: 0, color: 'var(--stage-none)', means: 'Unknown stage.' }

export function stageOf(id: string): StageWords {
  return STAGES.find(stage => stage.id === id) ?? { ...UNKNOWN_STAGE, label: id }
}

export type ChannelWords = Readonly<{ label: string; means: string; icon: LucideIcon; color: string }>

const CHANNELS: Readonly<Record<string, ChannelWords>> = {
  sdr: {
    label: 'SDR',
    means: 'A sales development rep gets a task.',
    icon: PhoneCall,
    color: 'var(--bucket-activation)',
  },
  csm: {
    label: 'CSM',
    means: 'A customer success manager gets a task: expand, save or renew.',
    icon: Handshake,
    color: 'var(--bucket-expansion)',
  },
  lifecycle_email: {
    label: 'Lifecycle email',
    means: 'An email about the one milestone that is missing.',
    icon: Mail,
    color: 'var(--bucket-intent)',
  },
  in_app: { label: 'In-app', means: 'A prompt inside the product.', icon: AppWindow, color: 'var(--bucket-depth)' },
  nurture: { label: 'Nurture', means: 'Stays in the nurture programme.', icon: Sprout, color: 'var(--ink-3)' },
  customer: { label: 'Customer', means: 'Paying, nothing to do now.', icon: Building2, color: 'var(--ink-3)' },
  review: {
    label: 'Review',
    means: 'An unusual pattern has to be looked at first.',
    icon: Search,
    color: 'var(--bucket-negative)',
  },
  none: {
    label: 'Not routed',
    means: 'Deleted, sandbox or development workspace.',
    icon: CircleSlash,
    color: 'var(--ink-3)',
  },
  sdr_light: {
    label: 'SDR, light',
    means: 'Beside it: a light-touch SDR task.',
    icon: Phone,
    color: 'var(--bucket-activation)',
  },
  ae_assist: {
    label: 'AE assist',
    means: 'Beside it: an account executive assists.',
    icon: BriefcaseBusiness,
    color: 'var(--bucket-activation)',
  },
  alerts: { label: 'Alerts', means: 'New contacts and accounts for their owner.', icon: Phone, color: 'var(--ink-3)' },
}

/** A label within a sentence: `lifecycle email`, but `SDR`. */
export const inSentence = (label: string): string => label.replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase())

export const DESTINATION_ORDER = ['sdr', 'csm', 'lifecycle_email', 'in_app', 'nurture', 'review', 'customer', 'none']

export function channelOf(id: string): ChannelWords {
  return CHANNELS[id] ?? { label: words(id), means: 'A list of its own.', icon: AppWindow, color: 'var(--ink-3)' }
}

export type BucketWords = Readonly<{ id: string; label: string; color: string; means: string }>

export const BUCKETS: readonly BucketWords[] = [
  {
    id: 'activation',
    label: 'Activation',
    color: 'var(--bucket-activation)',
    means: 'First steps and key actions of the representative person.',
  },
  {
    id: 'depth',
    label: 'Depth',
    color: 'var(--bucket-depth)',
    means: 'Regular use of core features by the representative person.',
  },
  {
    id: 'intent',
    label: 'Intent',
    color: 'var(--bucket-intent)',
    means: 'Signs of interest in buying: pricing, upgrades, limits.',
  },
  {
    id: 'expansion',
    label: 'Expansion',
    color: 'var(--bucket-expansion)',
    means: 'The team grows: invitations and new active people.',
  },
  { id: 'fit', label: 'Fit', color: 'var(--bucket-fit)', means: 'How well the account fits the ideal customer.' },
  {
    id: 'negative',
    label: 'Negative',
    color: 'var(--bucket-negative)',
    means: 'Signs against: inactivity, downgrades, loops.',
  },
]

export function bucketOf(id: string): BucketWords {
  if (id === 'total')
    return {
      id,
      label: 'Limit to 0–100',
      color: 'var(--bucket-total)',
      means: 'A score is never below 0 or above 100.',
    }
  return BUCKETS.find(bucket => bucket.id === id) ?? { id, label: words(id), color: 'var(--bucket-total)', means: '' }
}

const HEALTH: Readonly<Record<string, readonly [label: string, means: string]>> = {
  dormant: ['Dormant', 'No active day in the last 14.'],
  at_risk: ['At risk', 'Active people fell by half, a downgrade or uninstall in 30 days, or a payment past due.'],
  growing: ['Growing', 'Three or more seats gained in 30 days, or a fifth of those active before.'],
  steady: ['Steady', 'None of dormant, at risk or growing.'],
}

export function healthOf(id: string): Readonly<{ label: string; means: string }> {
  const [label, means] = HEALTH[id] ?? [words(id), '']
  return { label, means }
}

const ROLES: Readonly<Record<string, readonly [label: string, means: string]>> = {
  weight: ['Given weight', 'The data gives a buying-role weight.'],
  admin: ['Admin', 'Workspace admin or owner.'],
  manager: ['Manager or above', 'By seniority, or by job title where seniority is not given.'],
  contributor: ['Contributor', 'A department is given, seniority below manager or unknown.'],
  other: ['Other', 'Nothing known that tells a buying role.'],
}

export function roleOf(id: string): Readonly<{ label: string; means: string }> {
  const [label, means] = ROLES[id] ?? [words(id), '']
  return { label, means }
}

const COVERAGE: Readonly<Record<string, string>> = {
  admin: 'An admin is present, no champion.',
  champion: 'A champion is present, no admin.',
  both: 'An admin and a champion are present.',
  none: 'Neither an admin nor a champion is present.',
}

export const coverageMeans = (id: string): string => COVERAGE[id] ?? words(id)

const FIT_SOURCES: Readonly<Record<string, string>> = {
  'given score': 'from the fit score in the accounts export',
  'given tier': 'from the fit tier in the accounts export',
  rules: 'from the fit rules of the model',
  unknown: 'unknown, so 0 points',
}

export const fitSource = (id: string): string => FIT_SOURCES[id] ?? id
