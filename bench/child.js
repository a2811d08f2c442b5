import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// As the command line does.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'))
await import('./child-step.ts')
