import { expect, test } from 'vitest'
import { CERTAIN_FILES } from '#export'
import { startProject } from './support/engine.ts'
import { importSmall } from './support/exports.ts'

test('a folder in which an export could not write is refused before anything is done', async () => {
  const engine = await startProject()
  engine.write('out/scores.csv', 'mine\n')
  const target = engine.path('out')
  await expect(engine.client['export.check']({ target })).rejects.toMatchObject({ code: 'export/exists' })
  expect(await engine.client['export.check']({ target, overwrite: true })).toEqual({})
  expect(await engine.client['export.check']({ target: engine.path('new') })).toEqual({})
})

test('the files that every export writes are written by one, and its folder is free for the next', async () => {
  const engine = await startProject()
  await importSmall(engine)
  await engine.client['score.run']({})
  const target = engine.path('out')
  const { files } = await engine.client['export.run']({ target })
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining([...CERTAIN_FILES]))
  expect(await engine.client['export.check']({ target })).toEqual({})
})
