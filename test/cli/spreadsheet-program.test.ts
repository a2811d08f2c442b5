import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { PRESETS } from '../../core/export/index.ts'
import { TEXTS, world } from '../core/export/presets/world.ts'

const PAYLOADS = ['=HYPERLINK("https://x.example","y")', '+SUM(A1:A9)', '-2+3', '@SUM(1;2)', '\t=1+1', '＝1+1', ' =1+1']
/** By place: 1 comma, 2 quotes, 3 UTF-8, 4 from the first line, 6 language of the system, 8 numbers recognised, 13 formulas evaluated. */
const CSV = 'Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,,,,,true'
const FORMULA = 'table:formula='

/** By the search path, and where its installers put it; `.com` waits for the end on Windows, `.exe` does not. */
const PLACES = [
  ...(process.platform === 'win32' ? [] : ['soffice', 'libreoffice']),
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  'C:\\Program Files\\LibreOffice\\program\\soffice.com',
  'C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com',
]
const folder = mkdtempSync(join(tmpdir(), 'pql-office-'))
// A profile of its own: another window that is open would take the call over and end it at once.
const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
const program = PLACES.find(name => spawnSync(name, [profile, '--version']).status === 0)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Where it is not installed, test/core/export/spreadsheet.ts reads the cells by a grammar of formulas instead.
test.skipIf(program === undefined)(
  'LibreOffice runs no cell of any file for a CRM, and would run one that is not made harmless',
  { timeout: 300_000 },
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
          if (name.endsWith('.csv')) writeFileSync(join(from, `${preset}_${i}_${name}`), content)
      }
    const names = readdirSync(from)
    const paths = names.map(name => join(from, name))
    const args = [profile, '--headless', `--infilter=${CSV}`, '--convert-to', 'fods', '--outdir', to, ...paths]
    const { status, stderr } = spawnSync(program ?? '', args, { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    const run = names.filter(name => readFileSync(join(to, name.replace(/csv$/, 'fods')), 'utf8').includes(FORMULA))
    expect(run).toEqual(['control.csv'])
  },
)
