/** Texts that hand-offs are made of. */
export const TEMPLATE_IDS = [
  'sdr_task',
  'lifecycle_email',
  'in_app',
  'csm_note',
  'milestone_note',
  'handoff_note',
] as const
export type TemplateId = (typeof TEMPLATE_IDS)[number]

/**
 * The built-in templates.
 *
 * Source: docs/methods/export.md, "Templates".
 */
export const DEFAULT_TEMPLATES: Readonly<Record<TemplateId, string>> = {
  sdr_task: `{stage}, score {score}
In this stage at least since {stage_since}
Account: {account} ({domain})
Workspace: {workspace}
Fit: tier {fit_tier}
Employees: {employees}
Industry: {industry}
Country: {country}
Owner: {owner}
Sequence: {sequence}

Why now
- {reasons}

Last key events
- {key_events}

New in the last seven days
- {changes}

People to talk to: {contact}
- {people}

Plan: {plan}, {paid_status}
Trial ends on {trial_end}
Trial ended on {trial_ended}
Seats: {seats}
Active in the last seven days: {seats_active}
Seat growth in thirty days: {seat_growth}
Other workspaces: {other_workspaces}
Source of the sign-up: {signup_source}

Suggested opener
{opener}

Due {due_date}`,
  lifecycle_email: `Hello {first_name},

{opener}

Next step: {missing_milestone}`,
  in_app: `{in_app_prompt}`,
  csm_note: `Play: {play}
{account}: {stage}, score {score}
Plan: {plan}, {paid_status}
Seats used: {seats_used} of {seats_purchased}
Seat growth in thirty days: {seat_growth}
Renewal on {renewal_date}
Billed: {billed}

Health
- {health}

Why
- {reasons}

People to talk to: {contact}
- {people}

Recommended approach
- {approach}`,
  milestone_note: `Days since sign-up: {days_since_signup}
Milestones: {activation_share}

Reached
- {milestones_reached}

Missing
- {milestones_missing}`,
  handoff_note: `{stage}, score {score}
Active users in the last seven days: {active_users}
Key features in use: {key_features}
Trial started on {trial_start}
Milestones: {activation_share}

Recommended approach
- {approach}`,
}
