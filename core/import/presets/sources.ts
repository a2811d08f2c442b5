import { AMPLITUDE } from './amplitude.ts'
import { ATTIO } from './attio.ts'
import { AUTH0 } from './auth0.ts'
import { CHARGEBEE } from './chargebee.ts'
import { CLERK } from './clerk.ts'
import { DYNAMICS } from './dynamics.ts'
import { HUBSPOT } from './hubspot.ts'
import { INTERCOM } from './intercom.ts'
import { MIXPANEL } from './mixpanel.ts'
import { POSTHOG } from './posthog.ts'
import type { SourcePreset } from './preset.ts'
import { SALESFORCE } from './salesforce.ts'
import { SEGMENT } from './segment.ts'
import { SNOWPLOW } from './snowplow.ts'
import { STRIPE } from './stripe.ts'
import { WORKOS } from './workos.ts'
import { ZENDESK } from './zendesk.ts'

/** Sources whose exports are known; of two that fit equally well, the one before the other is taken. */
export const SOURCES: readonly SourcePreset[] = [
  SEGMENT,
  AMPLITUDE,
  MIXPANEL,
  POSTHOG,
  STRIPE,
  HUBSPOT,
  SALESFORCE,
  ATTIO,
  SNOWPLOW,
  CHARGEBEE,
  AUTH0,
  CLERK,
  WORKOS,
  INTERCOM,
  ZENDESK,
  DYNAMICS,
]
