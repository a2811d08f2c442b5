import { serveEngine } from '#app'
import { runEngineChild } from './engine-child.ts'
import { forkedLink } from './forked-link.ts'

runEngineChild(serveEngine, 'browser', forkedLink())
