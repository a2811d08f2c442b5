import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { PRESETS } from '../../core/export/index.ts'
import { TEXTS, world } from '../core/export/presets/world.ts'

const PAYLOADS = ['=HYPERLINK("https://x.example","y")', '+SUM(A1:A9)', '-2+3', '@SUM(1;2)', '\t=1+1', '＝1+1', ' =1+1']
/** Comma, quotes, UTF-8, from the first line, numbers recognised, formulas evaluated. */
const CSV = 'Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1,true'
const FORMULA = 'table:formula='

const program = ['soffice', 'libreoffice'].find(name => spawnSync(name, ['--version']).status === 0)
const folder = mkdtempSync(join(tmpdir(), 'pql-office-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Where it is not installed, test/core/export/spreadsheet.ts reads the cells by a grammar of formulas instead.
test.skipIf(program === undefined)(
  'LibreOffice runs no cell of any file for a CRM, and would run one that is not made harmless',
  () => {
    const [from, to] = [join(folder, 'csv'), join(folder, 'out')]
    for (const path of [from, to]) mkdirSync(path)
    writeFileSync(join(from, 'control.csv'), 'text\r\n=1+1\r\n')
    for (const preset of PRESETS)
      for (const [i, text] of PAYLOADS.entries()) {
        const { files } = world(
          Object.fromEntries(TEXTS.filter(name => !name.endsWith('Id')).map(name => [name, text])),
        )(preset)
        for (const [name, content] of files)
          if (name.endsWith('.csv')) writeFileSync(join(from, `${i}_${name}`), content)
      }
    const names = readdirSync(from)
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
    const paths = names.map(name => join(from, name))
    const args = [profile, '--headless', `--infilter=${CSV}`, '--convert-to', 'fods', '--outdir', to, ...paths]
    const { status, stderr } = spawnSync(program ?? '', args, { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    const run = names.filter(name => readFileSync(join(to, name.replace(/csv$/, 'fods')), 'utf8').includes(FORMULA))
    expect(run).toEqual(['control.csv'])
  },
)
