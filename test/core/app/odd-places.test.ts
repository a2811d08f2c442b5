import { mkdirSync, symlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startEngine, startProject, type TestEngine } from './support/engine.ts'

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
