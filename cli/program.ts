import { readFileSync } from 'node:fs'
import { Command, type Option } from 'commander'
import { addDecide } from './commands/decide.ts'
import { addExplain } from './commands/explain.ts'
import { addExport } from './commands/export.ts'
import { addHealth } from './commands/health.ts'
import { addHeld } from './commands/held.ts'
import { addIdentity } from './commands/identity.ts'
import { addImport } from './commands/import.ts'
import { addInfo } from './commands/info.ts'
import { addInspect } from './commands/inspect.ts'
import { addModel } from './commands/model.ts'
import { addOpen } from './commands/open.ts'
import { addPools } from './commands/pools.ts'
import { addRoute } from './commands/route.ts'
import { addRoutes } from './commands/routes.ts'
import { addRun } from './commands/run.ts'
import { addScore } from './commands/score.ts'
import { addSimulate } from './commands/simulate.ts'
import { addTaxonomy } from './commands/taxonomy.ts'
import { addUndo } from './commands/undo.ts'
import { addWhy } from './commands/why.ts'

/** @param setExit called by a command that ends well but with another code than 0 */
export function createProgram(setExit: (code: number) => void): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const program = new Command('pql')
    .description('Product-qualified workspaces from usage exports: scored, explained, routed, offline.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(pql --help lists the commands and options)')
  addRun(program, setExit)
  addImport(program, setExit)
  addUndo(program)
  addInspect(program)
  addHeld(program)
  addScore(program)
  addExplain(program)
  addModel(program, setExit)
  addSimulate(program)
  addRoute(program)
  addRoutes(program)
  addPools(program)
  addExport(program, setExit)
  addIdentity(program)
  addDecide(program, setExit)
  addWhy(program)
  addInfo(program)
  addHealth(program)
  addTaxonomy(program)
  addOpen(program, setExit)
  for (const command of program.commands) command.exitOverride()
  refuseRepeats(program)
  return program
}

/** A value that is given twice would be lost without a word: it is refused where an option does not collect values. */
function refuseRepeats(program: Command): void {
  for (const command of program.commands) {
    for (const option of command.options.filter(isSingleValue)) {
      const given: string[] = []
      command.on(`option:${option.name()}`, (value: string) => {
        given.push(value)
        if (given.length > 1)
          command.error(`error: option '${option.flags}' is given more than once: ${given.join(', ')}. Give it once.`)
      })
    }
    refuseRepeats(command)
  }
}

function isSingleValue({ required, variadic, defaultValue }: Option): boolean {
  return required && !variadic && !Array.isArray(defaultValue)
}
