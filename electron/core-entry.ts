import { serveEngine } from '#app'
import { runCoreChild } from './core-child.ts'

runCoreChild(serveEngine, process.parentPort, () => process.exit(0))
