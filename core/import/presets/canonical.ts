import { OPT_OUTS } from '../consent.ts'
import type { Preset } from './preset.ts'

const workspaceId = ['organization_id', 'org_id', 'tenant_id']
const createdAt = ['created', 'created_on', 'created_date', 'creation_date']
const lastActiveAt = ['last_seen_at', 'last_seen', 'last_active', 'last_activity_at', 'last_login_at']

/**
 * Headers in common use beside the canonical ones, for files that come from no particular tool.
 *
 * Source: docs/methods/import.md, "Headers".
 */
export const CANONICAL: Preset = {
  name: 'canonical',
  tables: {
    users: {
      synonyms: {
        user_id: ['uid', 'account_user_id'],
        primary_email: ['email', 'email_address', 'user_email', 'work_email'],
        name: ['full_name', 'display_name'],
        phone: ['phone_number', 'mobile'],
        job_title: ['title'],
        product_role: ['role'],
        is_workspace_admin: ['is_admin'],
        workspace_id: workspaceId,
        created_at: [
          ...[...createdAt, 'signed_up_at', 'signup_at', 'signup_date', 'registered_at', 'first_seen'],
          ...['signed_up_(gmt)', 'first_seen_(gmt)'],
        ],
        last_active_at: [...lastActiveAt, 'last_seen_(gmt)'],
        invited_by_user_id: ['invited_by'],
        email_verified: ['is_email_verified', 'email_confirmed'],
        company_name: ['company', 'organization_name'],
      },
      whenNamed: { user_id: ['id'] },
    },
    workspaces: {
      synonyms: {
        workspace_id: workspaceId,
        workspace_name: ['name', 'display_name', 'organization_name'],
        created_at: createdAt,
        workspace_status: ['status'],
        workspace_type: ['type'],
        workspace_primary_domain: ['primary_domain', 'domain'],
        billing_contact_email: ['billing_email'],
        plan_tier: ['plan', 'plan_name', 'tier'],
        trial_end_date: ['trial_end', 'trial_ends_at', 'trial_end_at'],
        mrr: ['mrr_amount'],
        arr: ['arr_amount'],
        seat_count_total: ['seat_count', 'seats'],
        owner_user_id: ['owner_id'],
        creator_user_id: ['created_by', 'created_by_user_id'],
        country: ['country_code'],
      },
      whenNamed: { workspace_id: ['id'] },
    },
    memberships: {
      synonyms: {
        workspace_id: workspaceId,
        role: ['member_role', 'workspace_role'],
        joined_at: ['member_since', 'added_at', 'created_at'],
        last_active_at: lastActiveAt,
        invited_by_user_id: ['invited_by'],
      },
      whenNamed: {},
    },
    subscriptions: {
      synonyms: {
        workspace_id: workspaceId,
        status: ['subscription_status'],
        plan: ['plan_tier', 'plan_name', 'plan_id'],
        billing_period: ['billing_frequency', 'billing_interval', 'interval'],
        mrr: ['mrr_amount'],
        arr: ['arr_amount'],
        currency: ['currency_code'],
        seats_purchased: ['seats', 'quantity'],
        started_at: ['start_date', 'started_on', 'created_at'],
        trial_start: ['trial_start_date', 'trial_started_at'],
        trial_end: ['trial_end_date', 'trial_ends_at'],
        renewal_date: ['renews_at', 'renews_on', 'current_period_end'],
        canceled_at: ['cancelled_at', 'ended_at', 'end_date'],
      },
      whenNamed: { subscription_id: ['id'] },
    },
    events: {
      synonyms: {
        event_id: ['message_id', 'insert_id'],
        event_name: ['event', 'event_type'],
        timestamp: ['event_timestamp', 'event_time', '@timestamp', 'time', 'occurred_at', 'created_at', 'ts'],
        workspace_id: workspaceId,
        ip: ['ip_address'],
        event_weight: ['weight'],
        event_properties: ['properties', 'props'],
      },
      whenNamed: { event_id: ['id', 'uuid'], event_name: ['name', 'action'], timestamp: ['date'] },
    },
    accounts: {
      synonyms: {
        name: ['account_name', 'company_name', 'company'],
        primary_domain: [
          'domain',
          'company_domain',
          'company_domain_name',
          'domain_name',
          'website',
          'website_url',
          'company_website',
          'web_site',
          'homepage',
          'home_page',
          'web_address',
          'url',
          'web',
        ],
        all_known_domains: ['domains'],
        employee_count: ['employees', 'number_of_employees'],
        hq_country: ['country'],
        current_owner: ['account_owner', 'owner'],
        csm_owner: ['csm'],
        billing_contact_email: ['billing_email'],
      },
      whenNamed: { account_id: ['id', 'record_id'] },
    },
    contacts: {
      synonyms: {
        email: ['primary_email', 'email_address', 'work_email'],
        name: ['full_name'],
        owner: ['contact_owner', 'owner_id'],
        job_title: ['title'],
        opted_out: OPT_OUTS,
      },
      whenNamed: { contact_id: ['id', 'record_id'] },
    },
    deals: {
      synonyms: {
        deal_id: ['opportunity_id'],
        account_id: ['company_id', 'organization_id', 'organisation_id', 'org_id'],
        contact_id: ['person_id', 'contact_person_id'],
        status: ['deal_status', 'statut', 'estado'],
        stage: ['deal_stage', 'stage_name', 'phase', 'étape', 'etapa'],
        owner: ['deal_owner', 'owner_id', 'besitzer', 'eigentümer', 'propriétaire', 'propietario'],
        amount: ['deal_amount', 'deal_value', 'value', 'wert', 'betrag', 'montant', 'valeur', 'importe', 'valor'],
        created_at: [
          ...createdAt,
          ...['deal_created', 'add_time', 'deal_erstellt', 'erstellt_am', 'erstellt', 'date_de_création', 'créé_le'],
          ...['affaire_créée', 'fecha_de_creación', 'creado_el', 'trato_creado'],
        ],
        closed_at: [
          ...['close_date', 'closed_date', 'closed_on', 'deal_closed_on', 'close_time', 'abschlussdatum'],
          ...['geschlossen_am', 'deal_geschlossen_am', 'date_de_clôture', 'fecha_de_cierre'],
        ],
      },
      whenNamed: { deal_id: ['id', 'record_id'] },
    },
    crm_users: {
      synonyms: {
        owner_id: ['crm_user_id'],
        email: ['email_address', 'owner_email'],
        name: ['full_name', 'owner_name'],
        weekly_capacity: ['capacity'],
      },
      whenNamed: { owner_id: ['id', 'user_id'] },
    },
    outcomes: {
      synonyms: {
        workspace_id: workspaceId,
        kind: ['outcome', 'outcome_kind', 'outcome_type'],
        occurred_at: ['occurred_on', 'timestamp', 'date'],
        amount: ['value'],
      },
      whenNamed: { outcome_id: ['id'] },
    },
  },
}
