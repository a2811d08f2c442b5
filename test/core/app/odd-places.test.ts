import { mkdirSync, symlinkSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { startEngine, startProject, type TestEngine } from './support/engine.ts'
import { type Packed, zip } from './support/zip.ts'

const BEHIND = /behind the end of the archive stand bytes that are no .gz archive/
const USERS_FILE: Packed = { name: 'users.csv', content: 'user_id,name\nu1,Ada\n' }

test.each<{ why: string; place: (engine: TestEngine) => string; code: string; says: RegExp }>([
  {
    why: 'a folder',
    place: engine => {
      mkdirSync(engine.path('users.csv'))
      return engine.path('users.csv')
    },
    code: 'import/not-readable',
    says: /not a regular file/,
  },
  {
    why: 'a link that leads to itself',
    place: engine => {
      symlinkSync(engine.path('users.csv'), engine.path('users.csv'))
      return engine.path('users.csv')
    },
    code: 'import/not-readable',
    says: /ELOOP/,
  },
  {
    why: 'a link that leads nowhere',
    place: engine => {
      symlinkSync(engine.path('nothing'), engine.path('users.csv'))
      return engine.path('users.csv')
    },
    code: 'usage/missing-file',
    says: /does not exist/,
  },
  {
    why: 'an archive of which only the first bytes were written',
    place: engine => engine.write('users.csv.gz', Uint8Array.of(0x1f, 0x8b)),
    code: 'import/not-readable',
    says: /the archive is cut off/,
  },
  {
    why: 'an archive that ends within its header line',
    place: engine => engine.write('users.csv.gz', gzipSync('user_id,name\nu1,Ada\n').subarray(0, 18)),
    code: 'import/not-readable',
    says: /the archive is cut off: the file ends within its content, or with one byte behind it. Copy or export it again$/,
  },
  {
    why: 'an archive with other bytes behind it',
    place: engine =>
      engine.write('users.csv.gz', Buffer.concat([gzipSync('user_id,name\nu1,Ada\n'), Buffer.from('junk')])),
    code: 'import/not-readable',
    says: /behind the end of the archive stand bytes that are no .gz archive. Copy or export it again, or unpack it/,
  },
  {
    why: 'an archive with other bytes behind the zeros at its end',
    place: engine =>
      engine.write(
        'users.csv.gz',
        Buffer.concat([gzipSync('user_id,name\nu1,Ada\n'), Buffer.alloc(512), gzipSync('u2,Bo\n')]),
      ),
    code: 'import/not-readable',
    says: /behind the end of the archive stand bytes that are no .gz archive/,
  },
  {
    why: 'an archive whose checksum does not fit',
    place: engine => engine.write('users.csv.gz', damaged(gzipSync('user_id,name\nu1,Ada\n'), -6)),
    code: 'import/not-readable',
    says: /its checksum does not fit its content: its bytes are damaged. Copy or export it again$/,
  },
  {
    why: 'a .zip archive that is cut off',
    place: engine => engine.write('users.zip', zip([USERS_FILE]).subarray(0, -30)),
    code: 'import/not-readable',
    says: /the .zip archive is cut off: the list of its files, which stands at its end, is missing. Copy or export it again$/,
  },
  {
    why: 'a .zip archive with other bytes behind it',
    place: engine => engine.write('users.zip', Buffer.concat([zip([USERS_FILE]), Buffer.from('junk')])),
    code: 'import/not-readable',
    says: /behind the end of the .zip archive stand other bytes. Copy or export it again, or unpack it/,
  },
  {
    why: 'a .zip archive with other bytes before it',
    place: engine => engine.write('users.exe', Buffer.concat([Buffer.from('MZ\0\0'), zip([USERS_FILE])])),
    code: 'import/not-readable',
    says: /4 other bytes stand before the .zip archive in it. Unpack it and add the files in it$/,
  },
])('$why is told beside the other files, and refused by an import', async ({ place, code, says }) => {
  const engine = await startProject()
  const sources = [engine.write('workspaces.csv', 'workspace_id\nw1\n'), place(engine)]
  const { files } = await engine.client['import.inspect']({ sources })
  expect(files.map(({ table }) => table)).toEqual(['workspaces', null])
  expect(files[1]?.reason).toMatch(says)
  await expect(engine.client['import.run']({ sources })).rejects.toMatchObject({ code, message: says })
  expect(engine.reports).toEqual([])
})

test.skipIf(process.platform === 'win32')('a device is no file', async () => {
  const engine = startEngine({ known: () => true })
  const { files } = await engine.client['import.inspect']({ sources: ['/dev/null'] })
  expect(files).toMatchObject([{ table: null, bytes: 0, reason: /not a regular file/ }])
})

test.each<{ why: string; content: () => Uint8Array }>([
  { why: 'of several parts', content: () => Buffer.concat([gzipSync('user_id\nu1\n'), gzipSync('u2\nu3\n')]) },
  { why: 'filled up with zeros', content: () => Buffer.concat([gzipSync('user_id\nu1\nu2\nu3\n'), Buffer.alloc(700)]) },
])('a .gz archive $why is read whole', async ({ content }) => {
  const engine = await startProject()
  const run = await engine.client['import.run']({ sources: [engine.write('users.csv.gz', content())] })
  expect(run.files).toMatchObject([{ table: 'users', read: 3, loaded: 3 }])
})

describe('a large .gz archive is refused where it is read to its end, and nothing of it is published', () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => `u${i},N${i * 7919}\n`).join('')
  const packed = gzipSync(`user_id,name\n${rows}`)
  test.each<{ why: string; content: Uint8Array; says: RegExp }>([
    { why: 'bytes behind it', content: Buffer.concat([packed, Buffer.from('junk')]), says: BEHIND },
    { why: 'a part behind zeros', content: Buffer.concat([packed, Buffer.alloc(9), gzipSync('u,N\n')]), says: BEHIND },
    { why: 'a part that is cut off', content: Buffer.concat([packed, packed.subarray(0, 999)]), says: /is cut off/ },
    { why: 'a wrong checksum', content: damaged(packed, -6), says: /its checksum does not fit its content/ },
  ])('$why', async ({ content, says }) => {
    const engine = await startProject()
    const sources = [engine.write('users.csv.gz', content)]
    await expect(engine.client['import.run']({ sources })).rejects.toMatchObject({
      code: 'import/not-readable',
      message: expect.stringMatching(says),
    })
    expect(await engine.client['project.summary']({})).toMatchObject({ files: 0 })
  })
})

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[copy.length + at] = (copy.at(at) ?? 0) ^ 1
  return copy
}
