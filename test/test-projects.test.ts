import { globSync } from 'node:fs'
import { matchesGlob, resolve } from 'node:path'
import { expect, test } from 'vitest'
import config from '../vite.config.ts'
import longConfig from '../vitest.long.config.ts'

const root = resolve(import.meta.dirname, '..')
type Globs = Readonly<{ name: string; include: readonly string[]; exclude: readonly string[] }>

const projects: readonly Globs[] = [
  ...(config.test?.projects ?? []).map(project => globsOf((project as Readonly<{ test: Partial<Globs> }>).test)), // all are given in place
  globsOf({ ...longConfig.test, name: 'long' } as Partial<Globs>), // it has globs alone
]

function globsOf({ name = '', include = [], exclude = [] }: Partial<Globs>): Globs {
  return { name, include, exclude }
}

test('every test file is run by one project, and by no two', () => {
  const files = globSync('test/**/*.test.{ts,tsx,mts}', { cwd: root }).map(file => file.replaceAll('\\', '/'))
  const fits = (file: string, globs: readonly string[]): boolean => globs.some(glob => matchesGlob(file, glob))
  const runBy = (file: string): readonly string[] =>
    projects.filter(({ include, exclude }) => fits(file, include) && !fits(file, exclude)).map(({ name }) => name)
  expect(files.length).toBeGreaterThan(300)
  expect(files.map(file => [file, runBy(file)] as const).filter(([, names]) => names.length !== 1)).toEqual([])
})

test('a test of the renderer is run whether it has elements or not', () => {
  const renderer = projects.find(({ name }) => name === 'renderer')?.include ?? []
  for (const file of ['test/renderer/ui/x.test.ts', 'test/renderer/ui/x.test.tsx'])
    expect(renderer.some(glob => matchesGlob(file, glob))).toBe(true)
})
