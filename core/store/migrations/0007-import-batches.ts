/**
 * Imports that wait: what was staged and not decided on, or broken off by a crash, with what it takes to go on. How a file was
 * laid over its table, and what undoing it needs: the order in which imports were published, and the rows that left a table.
 */
export const up = `
  ALTER TABLE import ADD COLUMN mode TEXT NOT NULL DEFAULT 'upsert' CHECK (mode IN ('upsert', 'append', 'replace'));
  ALTER TABLE import ADD COLUMN present INTEGER NOT NULL DEFAULT 0; -- mask of the columns that the file has
  ALTER TABLE import ADD COLUMN duplicates INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0); -- events, of those skipped
  ALTER TABLE import ADD COLUMN left_alone INTEGER NOT NULL DEFAULT 0 CHECK (left_alone >= 0); -- of the rows skipped
  ALTER TABLE import ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed >= 0); -- rows that left the table
  ALTER TABLE import ADD COLUMN published_no INTEGER; -- 1, 2, 3 ... in the order of publishing; null before
  ALTER TABLE import ADD COLUMN undone_at INTEGER CHECK (undone_at IS NULL OR status = 'undone'); -- ms since epoch, UTC
  UPDATE import SET published_no = id WHERE status <> 'staging';

  -- Of a row that left its table, previous has every column.
  ALTER TABLE row_version ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0 CHECK (is_removed IN (0, 1));

  -- One at most.
  CREATE TABLE import_batch (
    batch_id TEXT PRIMARY KEY CHECK (batch_id <> ''),
    mode     TEXT NOT NULL CHECK (mode IN ('upsert', 'append', 'replace')),
    begun_at INTEGER NOT NULL, -- ms since epoch, UTC
    notes    TEXT NOT NULL CHECK (json_valid(notes)) -- answers and mappings it is read with, files that fed no table
  ) STRICT;
  CREATE TABLE batch_file (
    batch_id    TEXT NOT NULL REFERENCES import_batch (batch_id) ON DELETE CASCADE,
    place       INTEGER NOT NULL CHECK (place >= 0), -- in the order of reading
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'copy', 'known', 'dropped')),
    import_id   INTEGER REFERENCES import (id) ON DELETE SET NULL, -- that it is staged in; of a copy or known file, the one it equals
    table_name  TEXT NOT NULL,
    is_optional INTEGER NOT NULL CHECK (is_optional IN (0, 1)), -- rows that come along with another table
    plan        TEXT NOT NULL CHECK (json_valid(plan)),
    source      TEXT NOT NULL CHECK (json_valid(source)), -- where the file lies, and what it was when it was first looked at
    PRIMARY KEY (batch_id, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX batch_file_by_import ON batch_file (import_id);
`
