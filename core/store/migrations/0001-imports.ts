import { EVENT_TABLES_SQL } from '../events/schema.ts'

/**
 * What comes in: imports, the rows they hold, and one table per table of an export. Every entity table has a twin for
 * rows that are read but not published yet. Internal ids are integers; the ids of the outside world are texts.
 */
const base = `
  CREATE TABLE meta (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    project_uuid  TEXT NOT NULL CHECK (project_uuid <> ''),
    created_at    INTEGER NOT NULL, -- ms since epoch, UTC
    data_state    TEXT NOT NULL CHECK (length(data_state) = 64) -- SHA-256, changes with published data and decisions
  ) STRICT;

  CREATE TABLE import (
    id               INTEGER PRIMARY KEY,
    batch_id         TEXT NOT NULL CHECK (batch_id <> ''),
    file             TEXT NOT NULL,
    table_name       TEXT NOT NULL CHECK (table_name <> ''),
    status           TEXT NOT NULL CHECK (status IN ('staging', 'published', 'undone')),
    plan             TEXT NOT NULL CHECK (json_valid(plan)),
    warnings         TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(warnings)),
    bytes            INTEGER CHECK (bytes >= 0), -- bytes of the file; null while it is read
    sha256           TEXT CHECK (length(sha256) = 64), -- of the bytes of the file; null while it is read
    imported_at      INTEGER, -- ms since epoch, UTC; null until published
    read             INTEGER NOT NULL DEFAULT 0 CHECK (read >= 0), -- records; so are all below
    loaded           INTEGER NOT NULL DEFAULT 0 CHECK (loaded >= 0),
    held             INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
    skipped          INTEGER NOT NULL DEFAULT 0 CHECK (skipped >= 0),
    superseded       INTEGER NOT NULL DEFAULT 0 CHECK (superseded BETWEEN 0 AND skipped), -- by a later record of the key
    added            INTEGER NOT NULL DEFAULT 0 CHECK (added >= 0),
    changed          INTEGER NOT NULL DEFAULT 0 CHECK (changed >= 0),
    same             INTEGER NOT NULL DEFAULT 0 CHECK (same >= 0),
    differing_copies INTEGER NOT NULL DEFAULT 0 CHECK (differing_copies >= 0),
    CHECK (status = 'staging' OR (bytes IS NOT NULL AND sha256 IS NOT NULL AND imported_at IS NOT NULL)),
    CHECK (status = 'staging' OR (read = loaded + held + skipped AND loaded = added + changed + same))
  ) STRICT;
  CREATE INDEX import_by_batch ON import (batch_id);
  CREATE INDEX import_by_sha256 ON import (sha256);

  CREATE TABLE held_row (
    held_id     INTEGER PRIMARY KEY,
    import_id   INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line        INTEGER NOT NULL CHECK (line >= 1), -- of the record's start, 1-based
    column_name TEXT NOT NULL,
    value       TEXT NOT NULL,
    code        TEXT NOT NULL,
    message     TEXT NOT NULL,
    raw         TEXT NOT NULL
  ) STRICT;
  CREATE INDEX held_row_by_import ON held_row (import_id);

  -- What an import changed, as it was. A row of the import without an entry here was added by it.
  CREATE TABLE row_version (
    import_id          INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    table_name         TEXT NOT NULL,
    row_key            TEXT NOT NULL CHECK (json_valid(row_key)), -- JSON array of the key's values
    previous           TEXT NOT NULL CHECK (json_valid(previous)), -- JSON object of the columns that it changed
    previous_import_id INTEGER NOT NULL REFERENCES import (id),
    previous_line      INTEGER NOT NULL CHECK (previous_line >= 1),
    PRIMARY KEY (import_id, table_name, row_key)
  ) STRICT, WITHOUT ROWID;
`

const users = entity(
  'users',
  'user_id',
  `
  user_id TEXT NOT NULL CHECK (user_id <> ''),
  primary_email TEXT,
  name TEXT,
  anonymous_id TEXT,
  sso_subject TEXT,
  sso_provider TEXT,
  phone TEXT,
  job_title TEXT,
  seniority TEXT,
  department TEXT,
  persona TEXT,
  buying_role_weight REAL,
  product_role TEXT,
  is_workspace_admin INTEGER CHECK (is_workspace_admin IN (0, 1)),
  workspace_id TEXT,
  contact_id TEXT,
  created_at TEXT, -- day, or instant in UTC
  last_active_at TEXT, -- day, or instant in UTC
  signup_ip TEXT,
  signup_source TEXT,
  invited_by_user_id TEXT,
  email_verified INTEGER CHECK (email_verified IN (0, 1)),
  company_name TEXT,
  locale TEXT,
  sso_tenant TEXT,
  device_id TEXT,
`,
)

const workspaces = entity(
  'workspaces',
  'workspace_id',
  `
  workspace_id TEXT NOT NULL CHECK (workspace_id <> ''),
  workspace_name TEXT,
  created_at TEXT, -- day, or instant in UTC
  workspace_status TEXT,
  workspace_type TEXT,
  account_id TEXT,
  workspace_primary_domain TEXT,
  sso_domain TEXT,
  billing_contact_email TEXT,
  billing_entity_id TEXT,
  plan_tier TEXT,
  paid_status TEXT,
  trial_end_date TEXT, -- day, or instant in UTC
  mrr REAL, -- whole units of its currency
  seat_count_total INTEGER,
  owner_user_id TEXT,
  creator_user_id TEXT,
  country TEXT,
  sso_tenant TEXT,
  tax_id TEXT,
  card_fingerprint TEXT,
  sales_owner TEXT,
  arr REAL, -- whole units of its currency
`,
)

const memberships = entity(
  'memberships',
  'user_id, workspace_id',
  `
  user_id TEXT NOT NULL CHECK (user_id <> ''),
  workspace_id TEXT NOT NULL CHECK (workspace_id <> ''),
  role TEXT,
  joined_at TEXT, -- day, or instant in UTC
  last_active_at TEXT, -- day, or instant in UTC
  invited_by_user_id TEXT,
  invitation_source TEXT,
`,
)

const subscriptions = entity(
  'subscriptions',
  'subscription_id',
  `
  subscription_id TEXT NOT NULL CHECK (subscription_id <> ''),
  workspace_id TEXT,
  account_id TEXT,
  customer_id TEXT,
  status TEXT,
  plan TEXT,
  billing_period TEXT,
  mrr REAL, -- whole units of its currency
  arr REAL, -- whole units of its currency
  currency TEXT,
  seats_purchased INTEGER,
  seats_used INTEGER,
  started_at TEXT, -- day, or instant in UTC
  trial_start TEXT, -- day, or instant in UTC
  trial_end TEXT, -- day, or instant in UTC
  renewal_date TEXT, -- day, or instant in UTC
  canceled_at TEXT, -- day, or instant in UTC
`,
)

const accounts = entity(
  'accounts',
  'account_id',
  `
  account_id TEXT NOT NULL CHECK (account_id <> ''),
  name TEXT,
  primary_domain TEXT,
  all_known_domains TEXT CHECK (json_valid(all_known_domains)), -- JSON array of texts
  employee_count INTEGER,
  industry TEXT,
  hq_country TEXT,
  icp_fit_tier TEXT,
  icp_fit_score REAL,
  current_owner TEXT,
  csm_owner TEXT,
  territory TEXT,
  lifecycle_stage TEXT,
  is_strategic INTEGER CHECK (is_strategic IN (0, 1)),
  sso_domain TEXT,
  billing_entity_id TEXT,
  tax_id TEXT,
  crm_id TEXT,
  sub_industry TEXT,
  employee_range TEXT,
  hq_region TEXT,
  tech_stack TEXT CHECK (json_valid(tech_stack)), -- JSON array of texts
`,
)

const contacts = entity(
  'contacts',
  'contact_id',
  `
  contact_id TEXT NOT NULL CHECK (contact_id <> ''),
  email TEXT,
  name TEXT,
  account_id TEXT,
  owner TEXT,
  job_title TEXT,
  lifecycle_stage TEXT,
  user_id TEXT,
  opted_out INTEGER CHECK (opted_out IN (0, 1)),
  last_contacted_at TEXT, -- day, or instant in UTC
  disqualified_at TEXT, -- day, or instant in UTC
  crm_id TEXT,
`,
)

const deals = entity(
  'deals',
  'deal_id',
  `
  deal_id TEXT NOT NULL CHECK (deal_id <> ''),
  account_id TEXT,
  contact_id TEXT,
  status TEXT,
  stage TEXT,
  owner TEXT,
  amount REAL, -- whole units of its currency
  created_at TEXT, -- day, or instant in UTC
  closed_at TEXT, -- day, or instant in UTC
`,
)

const crmUsers = entity(
  'crm_users',
  'owner_id',
  `
  owner_id TEXT NOT NULL CHECK (owner_id <> ''),
  email TEXT,
  name TEXT,
  team TEXT,
  territory TEXT,
  weekly_capacity INTEGER,
`,
)

const outcomes = entity(
  'outcomes',
  'outcome_id',
  `
  outcome_id TEXT,
  workspace_id TEXT,
  account_id TEXT,
  user_id TEXT,
  kind TEXT NOT NULL,
  occurred_at TEXT NOT NULL, -- day, or instant in UTC
  amount REAL, -- whole units of its currency
`,
)

export const up = [
  base,
  EVENT_TABLES_SQL,
  users,
  workspaces,
  memberships,
  subscriptions,
  accounts,
  contacts,
  deals,
  crmUsers,
  outcomes,
].join('\n')

/** A table of published rows, one per key, and its twin of rows in staging, in file order. */
function entity(table: string, key: string, columns: string): string {
  const provenance = `
  custom TEXT CHECK (json_valid(custom)), -- JSON object of the columns that the table does not know
  import_id INTEGER NOT NULL REFERENCES import (id),
  source_line INTEGER NOT NULL CHECK (source_line >= 1) -- 1-based, of the record's start`
  const known = key
    .split(', ')
    .map(column => `${column} IS NOT NULL`)
    .join(' AND ')
  return `
CREATE TABLE ${table} (
  row_id INTEGER PRIMARY KEY,${columns}${provenance},
  CHECK (${known}),
  UNIQUE (${key})
) STRICT;
CREATE TABLE ${table}_staged (
  staged_no INTEGER PRIMARY KEY,${columns}${provenance}
) STRICT;
CREATE INDEX ${table}_staged_by_import ON ${table}_staged (import_id);
`
}
