import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import * as rules from '../.dependency-cruiser.mjs'

const ROOTS = ['core', 'electron', 'browser-host', 'cli', 'renderer', 'test', 'scripts', 'fixtures', 'bench']

/** Every module of the repository with its imports and the rules it breaks. */
export async function cruiseHouse(): Promise<ICruiseResult> {
  const { output } = await cruise(
    ROOTS,
    { ruleSet: { forbidden: rules.default.forbidden as never }, validate: true, ...(rules.default.options as object) },
    undefined,
    { tsConfig: extractTSConfig('tsconfig.node.json') },
  )
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text instead of a result')
  return output
}
