/** Blind labels of joined pairs of users: what precision is estimated from. They are no decisions. */
export const up = `
  CREATE TABLE identity_label (
    user_a      TEXT NOT NULL,
    user_b      TEXT NOT NULL CHECK (user_a < user_b),
    label       TEXT NOT NULL CHECK (label IN ('same', 'different', 'unsure')),
    labelled_at INTEGER NOT NULL, -- ms since epoch, UTC
    PRIMARY KEY (user_a, user_b)
  ) STRICT, WITHOUT ROWID;
`
