import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsOf } from './crm-rules.ts'

const SHOWN = 20

/** Checks the CSV files of an export by the rules of their CRM: `node test/core/export/presets/check-files.ts FOLDER`. */
function check(folder: string): void {
  const names = readdirSync(folder).filter(name => name.endsWith('.csv') && name !== 'alerts.csv')
  for (const name of names) {
    const faults = faultsOf(name, readFileSync(join(folder, name), 'utf8'))
    process.stdout.write(`${name}: ${faults.length} faults\n`)
    for (const fault of faults.slice(0, SHOWN)) process.stdout.write(`  ${fault}\n`)
    if (faults.length > 0) process.exitCode = 1
  }
}

check(process.argv[2] ?? '.')
