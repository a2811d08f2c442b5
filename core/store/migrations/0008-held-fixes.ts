/**
 * What was done about held rows. The rows themselves stay as they were read; a step says what one of them came to, and
 * counts while the import that its fix was published with does: where that is undone, the step before it counts again.
 */
export const up = `
  CREATE TABLE held_fix (
    fix_id    INTEGER PRIMARY KEY,
    origin_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE, -- the import that held the rows
    import_id INTEGER UNIQUE REFERENCES import (id) ON DELETE CASCADE, -- the import it made of them; null: it loaded none
    fix       TEXT NOT NULL CHECK (json_valid(fix)),
    fixed_at  INTEGER NOT NULL, -- ms since epoch, UTC
    is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1)),
    CHECK (import_id IS NULL OR is_undone = 0) -- where there is an import, its status says it
  ) STRICT;
  CREATE INDEX held_fix_by_origin ON held_fix (origin_id);

  CREATE TABLE held_step (
    held_id     INTEGER NOT NULL REFERENCES held_row (held_id) ON DELETE CASCADE,
    fix_id      INTEGER NOT NULL REFERENCES held_fix (fix_id) ON DELETE CASCADE,
    state       TEXT NOT NULL CHECK (state IN ('held', 'left-out', 'fixed')),
    column_name TEXT NOT NULL,
    value       TEXT NOT NULL,
    code        TEXT NOT NULL,
    message     TEXT NOT NULL,
    overlay     TEXT CHECK (json_valid(overlay)), -- what was said about the row so far; null: nothing
    PRIMARY KEY (held_id, fix_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX held_step_by_fix ON held_step (fix_id);
`
