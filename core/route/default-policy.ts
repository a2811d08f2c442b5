import { type RoutingPolicy, routingPolicy, type Test } from '#schema/policy'

const is = (fact: Test['fact'], value: Test['value']): Test => ({ fact, op: '=', value })
const from = (fact: Test['fact'], value: number): Test => ({ fact, op: '>=', value })

const inAppWhenActive = { channel: 'in_app', all: [is('is_active_now', true)] } as const

/**
 * The default routing policy: nine rules in order. Rule ids are their numbers in docs/methods/route.md.
 *
 * Source: docs/methods/route.md, "Default rules".
 */
export const DEFAULT_POLICY: RoutingPolicy = routingPolicy.parse({
  version: 1,
  name: 'Recipe',
  rules: [
    {
      id: '1',
      title: 'Deleted, sandbox or development workspace',
      any: [is('is_deleted', true), is('is_sandbox', true)],
      destination: 'none',
    },
    { id: '2', title: 'Open anomaly', all: [is('has_open_anomaly_14d', true)], destination: 'review' },
    {
      id: '3',
      title: 'Paid, with something to expand, save or renew',
      all: [is('is_paid', true)],
      any: [from('score', 70), is('is_expansion', true), is('is_at_risk', true), is('has_renewal_risk', true)],
      destination: 'csm',
      also: [inAppWhenActive],
    },
    {
      id: '4',
      title: 'Paid',
      all: [is('is_paid', true)],
      destination: 'customer',
      destinationWhen: [{ destination: 'in_app', all: [is('is_active_now', true)] }],
    },
    {
      id: '5',
      title: 'Hot, well-fitting, with intent and a way in',
      all: [from('score', 80), { fact: 'fit_tier', op: 'in', value: ['A', 'B'] }, is('has_high_intent_30d', true)],
      any: [
        is('has_admin', true),
        is('has_pricing_or_upgrade_14d', true),
        { fact: 'seat_growth_30d', op: '>', value: 3 },
      ],
      destination: 'sdr',
      also: [{ channel: 'ae_assist', all: [from('employee_count', 1000)] }],
    },
    {
      id: '6',
      title: 'Hot, fit uncertain or nobody to talk to',
      all: [from('score', 80)],
      destination: 'lifecycle_email',
      also: [inAppWhenActive],
    },
    {
      id: '7',
      title: 'On the way',
      all: [from('score', 60), { fact: 'score', op: '<', value: 80 }],
      destination: 'lifecycle_email',
      also: [{ channel: 'in_app' }, { channel: 'sdr_light', all: [is('fit_tier', 'A'), is('stage', 'PQL')] }],
    },
    {
      id: '8',
      title: 'In the product now, and the next step happens there',
      all: [is('is_active_now', true), is('next_action_channel', 'in_app')],
      destination: 'in_app',
    },
    {
      id: '9',
      title: 'Everybody else',
      destination: 'nurture',
      also: [{ channel: 'in_app', all: [is('stage', 'Warm')] }],
    },
  ],
})
