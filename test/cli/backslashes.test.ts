import { describe, expect, test } from 'vitest'
import { folderOf, pqlHere } from './support/pql.ts'

const MYSQL = '"user_id","name","note"\n"u1","Ann \\"Al\\" Bee","C:\\\\new"\n"u2",\\N,"x\\\ny"\n"u3","Bo","z"\n'

describe('files that escape by backslashes', () => {
  test('are read so by inspect and import, with a note; --escape none holds what is broken', async () => {
    const folder = folderOf({ 'users.csv': MYSQL })
    const inspected = await pqlHere(['inspect', 'users.csv'], folder)
    expect(inspected.stdout).toContain('separated by comma, backslash escapes, utf-8')
    expect(inspected.stdout).toContain('3 records, 3 can be loaded, 0 would be held')
    expect(inspected.stdout).toContain('In 2 records a backslash escapes the character behind it')
    const refused = await pqlHere(
      ['import', 'users.csv', '--project', 'a.pql', '--dry-run', '--escape', 'none'],
      folder,
    )
    expect(refused.stdout).toMatch(/users\s+3\s+2\s+0\s+0\s+0\s+1\s+0/)
    const loaded = await pqlHere(['import', 'users.csv', '--project', 'a.pql'], folder)
    expect(loaded.code, loaded.stderr).toBe(0)
    expect(loaded.stdout + loaded.stderr).toContain('line 2, 3')
  })

  test('another word for --escape is refused', async () => {
    const { code, stderr } = await pqlHere(
      ['inspect', 'users.csv', '--escape', 'slash'],
      folderOf({ 'users.csv': MYSQL }),
    )
    expect([code === 0, stderr]).toEqual([false, expect.stringContaining('backslash, none')])
  })
})
