/** How files of one shape are read, as somebody decided: applied to the next file with the same headers. */
export const up = `
  CREATE TABLE import_mapping (
    signature TEXT PRIMARY KEY CHECK (length(signature) = 64), -- SHA-256 of the headers
    source    TEXT NOT NULL CHECK (source <> ''),
    mapping   TEXT NOT NULL CHECK (json_valid(mapping)),
    saved_at  INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;
`
