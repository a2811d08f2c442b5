import { serve } from '#contract/server'
import { runEngineChild } from '../../../browser-host/engine-child.ts'
import { forkedLink } from '../../../browser-host/forked-link.ts'
import { fakeHandlers } from './fake-handlers.ts'

runEngineChild(
  (channel, host) => serve(channel, host, fakeHandlers, { report: host.report, checkOutputs: true }),
  'test',
  forkedLink(),
)
