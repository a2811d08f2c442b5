/**
 * What is made of the data: decisions, versions of model and policy, cells, runs with their units, owners, exports.
 * Runs are written once; decisions are only ever added to, so that undo and redo are entries too.
 */
export const up = `
  CREATE TABLE decision (
    decision_no INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind <> ''),
    subject     TEXT NOT NULL CHECK (json_valid(subject)), -- JSON array of natural keys: source, object, key
    payload     TEXT NOT NULL CHECK (json_valid(payload)),
    reverts     INTEGER REFERENCES decision (decision_no), -- the entry that this one takes back
    decided_at  INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;
  CREATE TRIGGER decision_is_not_updated BEFORE UPDATE ON decision
  BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
  CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision
  BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;

  CREATE TABLE model_version (
    model_no   INTEGER PRIMARY KEY,
    hash       TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), -- SHA-256 of the canonical JSON
    json       TEXT NOT NULL CHECK (json_valid(json)),
    created_at INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;
  CREATE TABLE policy_version (
    policy_no  INTEGER PRIMARY KEY,
    hash       TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), -- SHA-256 of the canonical JSON
    json       TEXT NOT NULL CHECK (json_valid(json)),
    created_at INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;
  ALTER TABLE meta ADD COLUMN model_hash TEXT REFERENCES model_version (hash); -- in force; null: the default one
  ALTER TABLE meta ADD COLUMN policy_hash TEXT REFERENCES policy_version (hash); -- in force; null: the default one

  CREATE TABLE cell_set (
    cell_set_no INTEGER PRIMARY KEY,
    cache_key   TEXT NOT NULL UNIQUE, -- hash of all that the cells depend on
    cells       BLOB NOT NULL,
    facts       BLOB NOT NULL,
    notes       TEXT NOT NULL CHECK (json_valid(notes)),
    created_at  INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;

  CREATE TABLE score_run (
    run_id        INTEGER PRIMARY KEY,
    as_of         INTEGER NOT NULL, -- ms since epoch, UTC
    level         TEXT NOT NULL CHECK (level IN ('workspace', 'account')),
    identity_mode TEXT NOT NULL CHECK (identity_mode IN ('matched', 'explicit')),
    model_hash    TEXT NOT NULL REFERENCES model_version (hash),
    policy_hash   TEXT NOT NULL REFERENCES policy_version (hash),
    cells_key     TEXT NOT NULL,
    data_state    TEXT NOT NULL, -- of the data that was judged
    unit_count    INTEGER NOT NULL CHECK (unit_count >= 0),
    summary       TEXT NOT NULL CHECK (json_valid(summary)),
    anomalies     TEXT NOT NULL CHECK (json_valid(anomalies)),
    created_at    INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;

  CREATE TABLE score_unit (
    run_id              INTEGER NOT NULL REFERENCES score_run (run_id) ON DELETE CASCADE,
    unit_no             INTEGER NOT NULL CHECK (unit_no >= 0), -- position among the run's units, sorted by id
    unit_id             TEXT NOT NULL,
    unit_name           TEXT,
    account_id          TEXT,
    account_name        TEXT,
    score               REAL NOT NULL, -- points, one decimal
    total               REAL NOT NULL, -- points, before the clamp to 0..100
    stage               TEXT NOT NULL,
    stage_rank          INTEGER NOT NULL CHECK (stage_rank >= 0), -- 0 is the lowest stage
    activation          REAL NOT NULL, -- points; so are the other buckets
    depth               REAL NOT NULL,
    expansion           REAL NOT NULL,
    intent              REAL NOT NULL,
    fit                 REAL NOT NULL,
    negative            REAL NOT NULL,
    coverage            TEXT NOT NULL,
    representative_id   TEXT,
    representative_name TEXT,
    destination         TEXT NOT NULL,
    also                TEXT NOT NULL CHECK (json_valid(also)),
    owner               TEXT,
    owner_name          TEXT,
    owner_team          TEXT,
    health              TEXT NOT NULL,
    reason              TEXT,
    next_best_action    TEXT,
    last_active_at      INTEGER, -- ms since epoch, UTC
    last_changed_at     INTEGER, -- ms since epoch, UTC; since when the stage holds
    is_paid             INTEGER NOT NULL CHECK (is_paid IN (0, 1)),
    plan                TEXT,
    search_text         TEXT NOT NULL, -- lower case: ids and names of unit and account, one per line
    PRIMARY KEY (run_id, unit_no)
  ) STRICT, WITHOUT ROWID;
  -- The list is opened best first; without this each opening sorts the run.
  CREATE INDEX score_unit_by_score ON score_unit (run_id, score DESC, unit_no);
  CREATE UNIQUE INDEX score_unit_by_id ON score_unit (run_id, unit_id);

  -- Ledgers, findings and traces of runs of units, packed (run-page.ts says how and why).
  CREATE TABLE score_page (
    run_id        INTEGER NOT NULL REFERENCES score_run (run_id) ON DELETE CASCADE,
    first_unit_no INTEGER NOT NULL CHECK (first_unit_no >= 0),
    content       BLOB NOT NULL,
    PRIMARY KEY (run_id, first_unit_no)
  ) STRICT;

  -- What a run has beside its units (identities, events set aside), each as deflated JSON.
  CREATE TABLE run_part (
    run_id  INTEGER NOT NULL REFERENCES score_run (run_id) ON DELETE CASCADE,
    name    TEXT NOT NULL CHECK (name <> ''),
    content BLOB NOT NULL,
    PRIMARY KEY (run_id, name)
  ) STRICT;

  CREATE TABLE owner_assignment (
    assignment_id INTEGER PRIMARY KEY,
    level         TEXT NOT NULL CHECK (level IN ('workspace', 'account')),
    unit_id       TEXT NOT NULL,
    owner         TEXT NOT NULL CHECK (owner <> ''),
    team          TEXT NOT NULL CHECK (team <> ''),
    since_run     INTEGER NOT NULL REFERENCES score_run (run_id),
    released_run  INTEGER REFERENCES score_run (run_id), -- null: it lasts
    CHECK (released_run IS NULL OR released_run >= since_run)
  ) STRICT;
  CREATE UNIQUE INDEX owner_assignment_that_lasts ON owner_assignment (level, unit_id, team) WHERE released_run IS NULL;

  CREATE TABLE export_run (
    export_id  INTEGER PRIMARY KEY,
    run_id     INTEGER NOT NULL REFERENCES score_run (run_id),
    preset     TEXT NOT NULL CHECK (preset <> ''),
    target     TEXT NOT NULL, -- name of the folder or file that was written
    manifest   TEXT NOT NULL CHECK (json_valid(manifest)),
    created_at INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;
`
