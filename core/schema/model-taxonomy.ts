type Entry = {
  kind: string
  category: string
  match: string[]
  highIntent: boolean
  highIntentByAdmin: boolean
}

const entry = (kind: string, category: string, match: string[], intent: '' | 'always' | 'by admin' = ''): Entry => ({
  kind,
  category,
  match: [kind, ...match],
  highIntent: intent === 'always',
  highIntentByAdmin: intent === 'by admin',
})

/** Kinds of event, in the order they are tried, each with its synonyms. Category `other` earns no points. */
export const DEFAULT_TAXONOMY: Entry[] = [
  entry('workspace_created', 'activation', ['create_workspace', 'created_workspace', 'team_created']),
  entry('key_action_completed', 'activation', ['completed_key_action', 'key_action']),
  entry('first_value_delivered', 'activation', ['first_value', 'aha_moment']),
  entry('core_feature_used', 'depth', ['used_core_feature', 'core_feature_use']),
  entry('automation_run', 'depth', ['run_automation', 'automation_executed', 'workflow_run']),
  entry(
    'invite_sent',
    'expansion',
    ['invited_user', 'user_invited', 'teammate_invited', 'invitation_sent'],
    'by admin',
  ),
  entry('invite_accepted', 'expansion', ['accepted_invite', 'invitation_accepted']),
  entry('pricing_page_view', 'intent', ['pricing_page_viewed', 'viewed_pricing*', 'pricing_viewed']),
  entry('upgrade_click', 'intent', ['upgrade_clicked', 'clicked_upgrade', 'upgrade_button_clicked'], 'always'),
  entry('usage_limit_hit', 'intent', ['limit_hit', 'usage_limit_reached', 'quota_exceeded'], 'always'),
  entry('workspace_downgraded', 'negative', ['plan_downgraded', 'downgraded', 'subscription_downgraded']),
  entry('uninstall_integration', 'negative', ['integration_uninstalled', 'integration_removed']),
  entry('integration_installed', 'other', ['install_integration', 'integration_connected'], 'by admin'),
  entry('session_started', 'other', ['session_start']),
  entry('login', 'other', ['logged_in', 'log_in', 'user_logged_in', 'signed_in', 'sign_in']),
  entry('data_imported', 'other', ['import_completed', 'records_imported']),
  entry('data_warehouse_export_enabled', 'other', ['warehouse_export_enabled'], 'by admin'),
  entry('api_rate_limit_hit', 'other', ['rate_limit_hit', 'rate_limited']),
  entry('trial_started', 'other', ['trial_start', 'started_trial']),
  entry('plan_upgraded', 'other', ['upgraded', 'subscription_upgraded', 'upgraded_plan'], 'always'),
  entry('signup', 'other', ['signed_up', 'sign_up', 'user_signed_up', 'user_created']),
]
