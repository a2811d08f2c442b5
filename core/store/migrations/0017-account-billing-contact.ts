const KNOWN = `
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
  tech_stack TEXT CHECK (json_valid(tech_stack))`
const PROVENANCE = `
  custom TEXT CHECK (json_valid(custom)), -- JSON object of the columns that the table does not know
  import_id INTEGER NOT NULL REFERENCES import (id),
  source_line INTEGER NOT NULL CHECK (source_line >= 1) -- 1-based, of the record's start`
const COLUMNS = `${KNOWN},
  billing_contact_email TEXT,${PROVENANCE}`
const COPIED = [...KNOWN.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name).join(', ')

/** Whom a customer is billed to: the domain says which account of the CRM that may be. Columns stand before provenance, so both tables are made anew. */
export const up = `
ALTER TABLE accounts RENAME TO accounts_before;
CREATE TABLE accounts (
  row_id INTEGER PRIMARY KEY,${COLUMNS},
  CHECK (account_id IS NOT NULL),
  UNIQUE (account_id)
) STRICT;
INSERT INTO accounts SELECT row_id, ${COPIED}, NULL, custom, import_id, source_line FROM accounts_before;
DROP TABLE accounts_before;
ALTER TABLE accounts_staged RENAME TO accounts_staged_before;
CREATE TABLE accounts_staged (
  staged_no INTEGER PRIMARY KEY,${COLUMNS}
) STRICT;
INSERT INTO accounts_staged SELECT staged_no, ${COPIED}, NULL, custom, import_id, source_line FROM accounts_staged_before;
DROP TABLE accounts_staged_before;
CREATE INDEX accounts_staged_by_import ON accounts_staged (import_id);
`
