import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createProver, createReader, describePlan, planTables } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan } from '#schema/import'

const FOLDER = new URL('../../../fixtures/imports/', import.meta.url)
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(name => /\.(csv|tsv|jsonl?)$/.test(name))
  .toSorted()
  .map(name => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, FOLDER))) }))

type Damage = Readonly<{ at: number; cut: number; put: readonly number[] }>

const bytes = fc.oneof(
  fc.constantFrom(
    '"',
    '\n',
    '\r',
    ',',
    '\t',
    '{',
    '}',
    '[',
    '1,234',
    '1.23E+10',
    '45321',
    '\u0000',
    '\ud7ff',
    '""',
    'null',
  ),
  fc.string({ maxLength: 4 }),
)
const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat(3000),
  cut: fc.oneof(fc.nat(3), fc.nat(400)),
  put: fc.oneof(
    bytes.map(text => [...new TextEncoder().encode(text)]),
    fc.array(fc.nat(255), { maxLength: 4 }),
  ),
})

function damaged(whole: Uint8Array, damages: readonly Damage[]): Uint8Array {
  let now = [...whole]
  for (const { at, cut, put } of damages) {
    const place = at % (now.length + 1)
    now = [...now.slice(0, place), ...put, ...now.slice(place + cut)]
  }
  return Uint8Array.from(now)
}

/** What reading by one plan comes to: its accounts, or the code of a refusal. Anything else is a bug and thrown on. */
function outcome(plan: FilePlan, content: Uint8Array, chunk: number): unknown {
  let rows = 0
  let held = 0
  const lines: number[] = []
  try {
    const reader = createReader(
      plan,
      {},
      {
        entities: run => {
          rows += run.length
        },
        events: batch => {
          rows += batch.count
        },
        held: run => {
          held += run.length
          lines.push(...run.map(({ line }) => line))
        },
      },
    )
    for (let at = 0; at < content.length; at += chunk) reader.push(content.slice(at, at + chunk))
    const result = reader.end()
    if (result.status === 'redo') return result.because
    expect([result.emitted, result.held, result.read]).toEqual([rows, held, rows + held + result.skipped])
    return { ...result, plan: null, lines }
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** What `work` gives; null where it is refused with an expected failure. */
function unlessRefused<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function checkPlan(plan: FilePlan, content: Uint8Array, chunk: number): void {
  describePlan(plan, content)
  if (plan.table === null) {
    expect(plan.reason).not.toBe('')
    return
  }
  expect(outcome(plan, content, chunk)).toEqual(outcome(plan, content, content.length))
  const proof = unlessRefused(() => {
    const prover = createProver(plan, {})
    prover.push(content)
    return prover.end()
  })
  if (proof !== null) expect(proof.read).toBe(proof.readable + proof.held + proof.skipped)
}

test('a damaged export is read, held or refused; never lost, never different in other chunks, never a crash', () => {
  const damages = fc.array(damage, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.nat(FILES.length - 1), damages, fc.integer({ min: 1, max: 300 }), (index, all, chunk) => {
      const { name, bytes: whole } = FILES[index] as (typeof FILES)[number]
      const content = damaged(whole, all)
      const look = { file: name, head: content, size: content.length, isWhole: true, options: {} }
      for (const plan of unlessRefused(() => planTables(look)) ?? []) checkPlan(plan, content, chunk)
    }),
    { numRuns: 150 },
  )
})
