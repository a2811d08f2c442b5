import type { HoldsWhen, Milestone } from './milestone.ts'

/** The default steps, in order. Source: docs/methods/features.md, "Milestones". */
export const DEFAULT_MILESTONES: Milestone[] = [
  {
    id: 'key_action_completed',
    holdsWhen: { kindSeen: 'key_action_completed' },
    channel: 'in_app',
    prompt: 'Complete the key action',
  },
  {
    id: 'first_value_delivered',
    holdsWhen: { kindSeen: 'first_value_delivered' },
    channel: 'in_app',
    prompt: 'Reach the first result',
  },
  {
    id: 'teammate_invited',
    holdsWhen: { kindSeen: 'invite_sent' },
    channel: 'lifecycle_email',
    prompt: 'Invite a teammate',
  },
  {
    id: 'invitation_accepted',
    holdsWhen: { kindSeen: 'invite_accepted' },
    channel: 'lifecycle_email',
    prompt: 'Remind invited teammates to join',
  },
  {
    id: 'integration_connected',
    holdsWhen: { rollup: 'integrations_connected', atLeast: 1 },
    channel: 'in_app',
    prompt: 'Connect an integration',
  },
  {
    id: 'core_feature_habit',
    holdsWhen: { rollup: 'core_feature_days_14d', atLeast: 3 },
    channel: 'lifecycle_email',
    prompt: 'Use the core feature on 3 days of 14',
  },
  {
    id: 'buyer_present',
    holdsWhen: { role: 'admin_or_manager' },
    channel: 'lifecycle_email',
    prompt: 'Bring in an admin or a manager',
  },
  { id: 'plan_upgraded', holdsWhen: { kindSeen: 'plan_upgraded' }, channel: 'sdr', prompt: 'Talk about a paid plan' },
]

/** Two or more active persons and the key action; beside it an integration and a usage limit. */
export const DEFAULT_ACTIVATION: {
  primary: HoldsWhen
  secondary: { id: string; holdsWhen: HoldsWhen }[]
} = {
  primary: { allOf: [{ activePersons: 2 }, { kindSeen: 'key_action_completed' }] },
  secondary: [
    { id: 'integration_installed', holdsWhen: { kindSeen: 'integration_installed' } },
    { id: 'usage_limit_hit', holdsWhen: { kindSeen: 'usage_limit_hit' } },
  ],
}
