import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

// As the command line does.
setFlagsFromString('--max-semi-space-size=0')
setFlagsFromString('--initial-heap-size=0')
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'))
await import('./child-step.ts')
