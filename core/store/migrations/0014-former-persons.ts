/** Ids of persons that ended: what was named by them is found again where their users went. */
export const up = `
  CREATE TABLE former_person (
    person_id TEXT PRIMARY KEY,
    ended_in  INTEGER NOT NULL, -- run_id of the first run without it
    ended_at  INTEGER NOT NULL, -- ms since epoch, UTC
    heirs     TEXT NOT NULL,    -- JSON: ids of the persons that had its users in that run, the one with most of them first
    users     TEXT NOT NULL     -- JSON: the users it had; none where it is named by its only one
  ) STRICT, WITHOUT ROWID;
`
