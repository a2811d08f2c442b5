/**
 * Tables of the events. All rows carry the import they came with; nothing is seen before that import is published.
 *
 * Events lie in immutable segments: runs of rows sorted by workspace code, then time, cut into pieces, whose columns are
 * held in a few parts, so that a reader fetches only what it needs. Names, workspaces and users lie in dictionaries, page by page;
 * a code is the text's position over all pages of its kind, counted from 1, and 0 is "missing".
 */
export const EVENT_TABLES_SQL = `
  CREATE TABLE event_dictionary (
    kind       TEXT NOT NULL
               CHECK (kind IN ('name', 'workspace', 'user')), -- the texts of the other kinds lie in the segments
    first_code INTEGER NOT NULL CHECK (first_code >= 1), -- the pages of a kind follow each other without a gap
    text_count INTEGER NOT NULL CHECK (text_count >= 1),
    import_id  INTEGER NOT NULL REFERENCES import (id), -- the import that met these texts first
    texts      BLOB NOT NULL, -- columns offsets, bytes
    PRIMARY KEY (kind, first_code)
  ) STRICT;
  CREATE INDEX event_dictionary_by_import ON event_dictionary (import_id);

  CREATE TABLE event_segment (
    id              INTEGER PRIMARY KEY,
    import_id       INTEGER NOT NULL REFERENCES import (id),
    sequence        INTEGER NOT NULL CHECK (sequence >= 0), -- within the import
    row_count       INTEGER NOT NULL CHECK (row_count BETWEEN 1 AND 65536),
    first_workspace INTEGER NOT NULL CHECK (first_workspace >= 0), -- code
    last_workspace  INTEGER NOT NULL CHECK (last_workspace >= first_workspace),
    first_time      INTEGER NOT NULL, -- ms since epoch, the earliest
    last_time       INTEGER NOT NULL CHECK (last_time >= first_time), -- the latest
    UNIQUE (import_id, sequence)
  ) STRICT;

  CREATE TABLE event_part (
    segment_id INTEGER NOT NULL REFERENCES event_segment (id) ON DELETE CASCADE,
    part       TEXT NOT NULL CHECK (part IN ('index', 'core', 'detail', 'key', 'id', 'properties', 'custom')),
    columns    BLOB NOT NULL,
    PRIMARY KEY (segment_id, part)
  ) STRICT;

  -- Events whose id had been loaded before with other content. The event itself is a row of a segment like any other.
  CREATE TABLE event_copy (
    import_id INTEGER NOT NULL REFERENCES import (id),
    ordinal   INTEGER NOT NULL CHECK (ordinal >= 0), -- in the order of the file
    event_id  TEXT NOT NULL,
    line      INTEGER NOT NULL CHECK (line >= 1), -- of the file
    PRIMARY KEY (import_id, ordinal)
  ) STRICT, WITHOUT ROWID;
`
