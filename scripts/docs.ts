/** Writes the generated pages of docs/; with --check it changes nothing and fails when one is stale. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { architectureDrawing } from './docs/architecture.ts'
import { contractPage } from './docs/contract-page.ts'
import { defaultModel, mappingSchema, modelSchema, policySchema } from './docs/schemas.ts'

const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/architecture.mmd': architectureDrawing,
  'docs/contract.md': contractPage,
  'docs/mapping.schema.json': mappingSchema,
  'docs/model.default.json': defaultModel,
  'docs/model.schema.json': modelSchema,
  'docs/policy.schema.json': policySchema,
}

const isCheck = process.argv.includes('--check')
for (const [name, make] of Object.entries(PAGES)) {
  const path = fileURLToPath(new URL(`../${name}`, import.meta.url))
  const text = await make()
  if (!isCheck) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } else if (read(path) !== text) {
    process.stderr.write(`${name} is stale: run npm run docs\n`)
    process.exitCode = 1
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
