/** A newer import of the same source may have a held record again: the older one then waits for nothing. */
export const up = `
  ALTER TABLE held_row ADD COLUMN row_key TEXT CHECK (json_valid(row_key)); -- JSON array of the key's values; null: it cannot be read, or was held before keys were kept
  ALTER TABLE held_row ADD COLUMN superseded_by INTEGER REFERENCES import (id); -- the published import that has the record again
  CREATE INDEX held_row_by_superseding ON held_row (superseded_by) WHERE superseded_by IS NOT NULL;
`
