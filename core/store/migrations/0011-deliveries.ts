/**
 * What was handed over to a CRM: each export of a preset, and each record with the content it had then, so that the next export knows
 * what is new, and no task or deal is made twice. Beside it the texts of hand-offs that were changed.
 */
export const up = `
  CREATE TABLE delivery (
    export_id INTEGER PRIMARY KEY REFERENCES export_run (export_id),
    preset    TEXT NOT NULL CHECK (preset <> ''),
    as_of     INTEGER NOT NULL, -- ms since epoch, UTC
    options   TEXT NOT NULL CHECK (json_valid(options)),
    records   INTEGER NOT NULL CHECK (records >= 0)
  ) STRICT;

  CREATE TABLE delivered_record (
    preset      TEXT NOT NULL CHECK (preset <> ''),
    object      TEXT NOT NULL CHECK (object <> ''),
    record_key  TEXT NOT NULL CHECK (record_key <> ''),
    unit_id     TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    as_of       INTEGER NOT NULL, -- ms since epoch, UTC; of the run that it was handed over with last
    export_id   INTEGER NOT NULL REFERENCES delivery (export_id),
    failure     TEXT, -- what the CRM said of it; null: nothing
    PRIMARY KEY (preset, object, record_key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hand_off_template (
    template_id TEXT PRIMARY KEY CHECK (template_id <> ''),
    content     TEXT NOT NULL
  ) STRICT;
`
