/** Weighed pairs of users: what a second look at the same users by the same settings need not compare again. */
export const up = `
  CREATE TABLE weighed_pairs (
    set_no    INTEGER PRIMARY KEY,
    cache_key TEXT NOT NULL UNIQUE, -- hash of all that the pairs depend on
    pairs     BLOB NOT NULL,
    notes     TEXT NOT NULL CHECK (json_valid(notes))
  ) STRICT;
`
