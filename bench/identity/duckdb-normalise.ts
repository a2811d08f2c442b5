import { join } from 'node:path'
import type { openDuckDb } from '../peers/duckdb.ts'

type Connection = Awaited<ReturnType<typeof openDuckDb>>['connection']

/** Spellings of one sound as in `soundKey`; RE2 looks ahead nowhere, so that two of them are left out. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['^(kn|gn|pn|wr|ps)', 'n'],
  ['sch|tsch|tch|sh|ch|cz|sz|zh|sj', 'x'],
  ['ph|pf|v|w', 'f'],
  ['ts|tz|z|ss', 's'],
  ['ck|cc|c|q|gh|g', 'k'],
  ['th|dt|d', 't'],
  ['b', 'p'],
  ['j|y', 'i'],
  ['h', ''],
  ['m', 'n'],
  ['(.)[aeiou]+', '\\1'],
]

/**
 * What `personColumns` and `personKeys` do, as far as SQL does it in a few lines: names, addresses and phone numbers in one form,
 * sounds per word, records per value, and the keys of blocks. Nicknames, titles, placeholders, role inboxes, the public suffix list,
 * handles that names spell and the splitting of large blocks are left out, to its advantage.
 */
export async function normaliseInDuckDb(connection: Connection, folder: string): Promise<() => Promise<void>> {
  await connection.run(
    `CREATE TABLE raw AS SELECT row_number() OVER () AS r, * FROM read_csv('${join(folder, 'raw.csv')}', header = false, all_varchar = true, names = ['key', 'name', 'email', 'phone'])`,
  )
  return async () => {
    for (const sql of [READ, COUNTED, SOUNDS, KEYS]) await connection.run(sql)
  }
}

const READ = `CREATE TABLE read AS
  SELECT r, host, CASE host WHEN 'gmail.com' THEN replace(untagged, '.', '') ELSE untagged END || '@' || host AS mailbox,
    regexp_replace(untagged, '[^a-z0-9]', '', 'g') AS handle, words[1] AS given, CASE WHEN len(words) > 1 THEN words[-1] ELSE '' END AS family,
    CASE WHEN length(digits) BETWEEN 7 AND 15 THEN right(digits, 9) ELSE '' END AS phone
  FROM (SELECT r, split_part(address, '@', 2) AS host, regexp_replace(split_part(address, '@', 1), '\\+.*$', '') AS untagged,
          string_split(trim(regexp_replace(lower(strip_accents(coalesce(name, ''))), '[^a-z0-9]+', ' ', 'g')), ' ') AS words,
          regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g') AS digits
        FROM (SELECT *, lower(trim(email)) AS address FROM raw))`

const COUNTED = `CREATE TABLE counted AS
  WITH core AS (SELECT least(given, family) AS x, greatest(given, family) AS y, count(*) AS n FROM read GROUP BY ALL),
    givens AS (SELECT given, count(*) AS n FROM read GROUP BY ALL), families AS (SELECT family, count(*) AS n FROM read GROUP BY ALL)
  SELECT read.*, core.n AS cores, givens.n AS givens, families.n AS families
  FROM read JOIN core ON least(given, family) = x AND greatest(given, family) = y JOIN givens USING (given) JOIN families USING (family)`

const SOUNDS = `CREATE TABLE sounds AS
  SELECT word, ${SPELLINGS.reduce((text, [from, to]) => `regexp_replace(${text}, '${from}', '${to}', 'g')`, 'word')} AS sound
  FROM (SELECT DISTINCT given AS word FROM read UNION SELECT DISTINCT family FROM read)`

/** Kinds of `personKeys` that these records have. */
const KEYS = `CREATE TABLE own_blocks AS
  WITH sounded AS (SELECT read.*, g.sound AS g, f.sound AS f FROM read JOIN sounds g ON given = g.word JOIN sounds f ON family = f.word)
  SELECT 0 AS kind, hash(mailbox) AS k, r FROM sounded WHERE mailbox <> ''
  UNION ALL SELECT 1, hash(phone), r FROM sounded WHERE phone <> ''
  UNION ALL SELECT 2, hash(least(given, family), greatest(given, family)), r FROM sounded WHERE family <> ''
  UNION ALL SELECT 3, hash(family, host), r FROM sounded WHERE family <> ''
  UNION ALL SELECT 4, hash(least(g, f), greatest(g, f)), r FROM sounded WHERE family <> ''
  UNION ALL SELECT 5, hash(f), r FROM sounded WHERE family <> ''
  UNION ALL SELECT 6, hash(g), r FROM sounded WHERE given <> ''
  UNION ALL SELECT 7, hash(handle), r FROM sounded WHERE handle <> ''`
