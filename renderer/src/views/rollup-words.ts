export type RollupUnit = 'count' | 'ratio' | 'points' | 'money' | 'days' | 'hours' | 'instant' | 'yes' | 'text'
export type RollupWords = Readonly<{ id: string; label: string; means: string; unit: RollupUnit }>
export type RollupGroup = Readonly<{ title: string; rollups: readonly RollupWords[] }>

const of = (id: string, label: string, means: string, unit: RollupUnit = 'count'): RollupWords => ({
  id,
  label,
  means,
  unit,
})

/** Rollups as the panel shows them. Days are counted back from the as-of day, itself included; looped events count nowhere. */
export const ROLLUP_GROUPS: readonly RollupGroup[] = [
  {
    title: 'Active people',
    rollups: [
      of('dau', 'Last day', 'Distinct people with any event on the as-of day.'),
      of('wau_7d', 'Last 7 days', 'Distinct people with any event in the last 7 days.'),
      of('mau_30d', 'Last 30 days', 'Distinct people with any event in the last 30 days.'),
      of('active_days_14d', 'Active days of 14', 'Days with any event among the last 14.'),
      of('last_active_at', 'Last active', 'Newest event of the workspace.', 'instant'),
    ],
  },
  {
    title: 'Use',
    rollups: [
      of('core_feature_days_14d', 'Core feature days of 14', 'Days with a core feature event among the last 14.'),
      of('core_actions_7d', 'Core actions, 7 days', 'Core feature and key action events in the last 7 days.'),
      of('automation_runs_7d', 'Automation runs, 7 days', 'Automation run events in the last 7 days.'),
      of('sessions_7d', 'Sessions, 7 days', 'Session starts in the last 7 days.'),
      of('sessions_14d', 'Sessions, 14 days', 'Session starts in the last 14 days.'),
      of('logins_7d', 'Logins, 7 days', 'Login events in the last 7 days.'),
      of('features_activated', 'Features used, 30 days', 'Distinct features among key events of the last 30 days.'),
      of(
        'key_feature_adoption_ratio',
        'Feature adoption',
        "Features used in 30 days, divided by the model's features, or by those seen in the project.",
        'ratio',
      ),
      of(
        'feature_adoption_score',
        'Adoption score',
        '100 × (half of feature adoption + half of core feature days / 14).',
        'points',
      ),
      of('records_imported', 'Records imported', 'Sum of the imported counts, else the number of imports, all time.'),
    ],
  },
  {
    title: 'Team and integrations',
    rollups: [
      of('seat_count_total', 'Seats', 'People with a membership, or the given seat count where it is larger.'),
      of('seats_active_7d', 'Seats active, 7 days', 'Distinct people with any event in the last 7 days.'),
      of('seat_growth_30d', 'Seat growth, 30 days', 'People first active in the last 30 days, less those who stopped.'),
      of('team_invites', 'Invitations sent', 'Invitations sent, all time.'),
      of('invites_sent_7d', 'Invitations sent, 7 days', 'Invitations sent in the last 7 days.'),
      of('invites_sent_14d', 'Invitations sent, 14 days', 'Invitations sent in the last 14 days.'),
      of('invites_accepted_7d', 'Invitations accepted, 7 days', 'Invitations accepted in the last 7 days.'),
      of('invites_accepted_14d', 'Invitations accepted, 14 days', 'Invitations accepted in the last 14 days.'),
      of('integrations_installed', 'Integrations', 'Installs less uninstalls per integration, never below 0.'),
      of('integration_installs_30d', 'Integration installs, 30 days', 'Install events in the last 30 days.'),
      of('crm_connected', 'CRM connected', 'An installed integration is on the CRM list of the model.', 'yes'),
      of('data_warehouse_export_enabled', 'Warehouse export', 'Warehouse export was ever enabled.', 'yes'),
    ],
  },
  {
    title: 'Buying signs',
    rollups: [
      of('pricing_page_views_7d', 'Pricing page views, 7 days', 'Pricing page views in the last 7 days.'),
      of('upgrade_clicks_7d', 'Upgrade clicks, 7 days', 'Upgrade clicks in the last 7 days.'),
      of('usage_limit_hits_30d', 'Usage limits hit, 30 days', 'Usage limit events in the last 30 days.'),
      of('api_rate_limit_hits_7d', 'API rate limits hit, 7 days', 'API rate limit events in the last 7 days.'),
      of('trial_days_remaining', 'Trial days left', 'Trial end less the as-of day; negative once it is over.', 'days'),
      of('mrr', 'MRR', 'Monthly recurring revenue of the subscriptions active at the as-of day.', 'money'),
      of('arr', 'ARR', 'Annual recurring revenue; 12 × MRR where it is not given.', 'money'),
    ],
  },
  {
    title: 'Activation',
    rollups: [
      of('activation_date', 'Activated', 'First instant at which the primary milestone held.', 'instant'),
      of('activation_path', 'Completed by', 'The kind of event that completed the primary milestone.', 'text'),
      of(
        'time_to_activation_hours',
        'Time to activation',
        'Hours from creation of the workspace to activation.',
        'hours',
      ),
      of('days_since_signup', 'Days since sign-up', 'As-of day less the day the workspace was created.', 'days'),
    ],
  },
]
