/** The newest check of the data, so that it is there when the project is opened again. One at most. */
export const up = `
  CREATE TABLE health_report (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    content    TEXT NOT NULL CHECK (json_valid(content)),
    created_at INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;
`
