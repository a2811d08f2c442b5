/** Checks the order of rooms with dependency-cruiser, and that it saw the whole house: a parser that sees no file is green too. */
import { cruiseHouse } from './cruise.ts'

const MIN_MODULES = 150

const { summary } = await cruiseHouse()
for (const { rule, from, to } of summary.violations)
  process.stderr.write(`${rule.severity} ${rule.name}: ${from} -> ${to}\n`)
process.stdout.write(`boundaries: ${summary.totalCruised} modules, ${summary.violations.length} violations\n`)
if (summary.totalCruised < MIN_MODULES) {
  process.stderr.write(`only ${summary.totalCruised} modules were seen, at least ${MIN_MODULES} are there\n`)
  process.exitCode = 1
}
if (summary.violations.some(violation => violation.rule.severity === 'error')) process.exitCode = 1
