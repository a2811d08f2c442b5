/** Sentences of the kinds that the default model knows. Other kinds are named as they are. */
const PHRASES: Readonly<Record<string, string>> = {
  workspace_created: 'Created the workspace',
  key_action_completed: 'Completed the key action',
  first_value_delivered: 'Reached the first result',
  core_feature_used: 'Used the core feature',
  automation_run: 'Ran an automation',
  invite_sent: 'Invited a teammate',
  invite_accepted: 'Invitation accepted',
  new_active_user: 'New active person',
  pricing_page_view: 'Viewed the pricing page',
  upgrade_click: 'Clicked upgrade',
  usage_limit_hit: 'Hit a usage limit',
  workspace_downgraded: 'Downgraded',
  uninstall_integration: 'Uninstalled an integration',
  event_loop: 'Scripted loop of events',
  integration_installed: 'Installed an integration',
  session_started: 'Started a session',
  login: 'Logged in',
  data_imported: 'Imported data',
  data_warehouse_export_enabled: 'Enabled the data warehouse export',
  api_rate_limit_hit: 'Hit the API rate limit',
  trial_started: 'Started a trial',
  plan_upgraded: 'Upgraded the plan',
  signup: 'Signed up',
}

/** The sentence start of a kind; a kind of the user's own is named in words. */
export function phraseOf(kind: string): string {
  return (Object.hasOwn(PHRASES, kind) ? PHRASES[kind] : undefined) ?? `Event "${kind.replace(/_+/g, ' ').trim()}"`
}

/** A rollup in words: `logins_7d` is `Logins in 7 days`. */
export function phraseOfRollup(name: string): string {
  const words = name.replace(/_(\d+)d$/, ' in $1 days').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
