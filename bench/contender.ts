import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { ENGINE_ENVIRONMENT, ENGINE_FLAGS } from '#lib/engine-flags'
import type { Figures, StepAnswer, StepArgs } from './step.ts'

/**
 * One run as it was measured: `ms` the work alone, `wallMs` the whole process from its start to its end (the work again for
 * one that stays), `cpuMs` the processor time of the work, of all threads.
 */
export type Measured = Readonly<{ ms: number; wallMs: number; cpuMs: number; peakMb: number; figures: Figures }>

/** A step that stays in its process, set up once and run many times. */
export type Resident = Readonly<{
  setup: Figures
  run(name: string): Promise<Measured>
  close(): Promise<void>
}>

/** Starts a step in a process of its own and waits until it is set up. */
export async function openStep(name: string, args: StepArgs): Promise<Resident> {
  const child = startStep(name, args)
  const ready = await answerOf(child, name)
  if (ready.kind !== 'ready') throw new Error(`${name} was not ready but ${ready.kind}`)
  return {
    setup: ready.setup,
    run: async run => {
      child.send({ run })
      return measured(await answerOf(child, name))
    },
    close: async () => {
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
    },
  }
}

/** Runs a step once, from the start of its process to its end. */
export async function runStep(name: string, args: StepArgs): Promise<Measured> {
  const start = performance.now()
  const step = await openStep(name, args)
  const result = await step.run('run')
  await step.close()
  return { ...result, wallMs: performance.now() - start }
}

/** A child's peak starts at the memory of the process that forked it: this one must stay small and load no more of core than a constant. */
function startStep(name: string, args: StepArgs): ChildProcess {
  return fork(join(import.meta.dirname, 'child.js'), [name, JSON.stringify(args)], {
    // As the command line is started.
    execArgv: [...process.execArgv, ...ENGINE_FLAGS],
    env: { ...ENGINE_ENVIRONMENT, ...process.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

async function answerOf(child: ChildProcess, name: string): Promise<StepAnswer> {
  const answer = await new Promise<StepAnswer>((resolve, reject) => {
    const ended = (code: number | null, signal: string | null): void =>
      reject(new Error(`${name} ended early (${signal ?? code})`))
    child.once('exit', ended)
    child.once('message', message => {
      child.off('exit', ended)
      resolve(message as StepAnswer) // sent by bench/child-step.ts
    })
  })
  if (answer.kind === 'failed') throw new Error(`${name}: ${answer.message}`)
  return answer
}

function measured(answer: StepAnswer): Measured {
  if (answer.kind !== 'done') throw new Error(`a run was answered with ${answer.kind}`)
  const { ms, cpuMs, peakMb, figures } = answer
  return { ms, wallMs: ms, cpuMs, peakMb, figures }
}
