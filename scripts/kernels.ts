/**
 * Compiles the sources in kernels/ to WebAssembly and writes the bytes as modules beside the code that uses them; with
 * --check it changes nothing and fails when one is stale.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

/** Entry -> module that is made of it. */
const KERNELS: Readonly<Record<string, string>> = {
  'kernels/events/index.ts': 'core/import/events/kernel.wasm.ts',
  'kernels/segments/index.ts': 'core/store/events/kernel.wasm.ts',
}
const LINE = 114
const root = fileURLToPath(new URL('..', import.meta.url))

const isCheck = process.argv.includes('--check')
for (const [entry, module] of Object.entries(KERNELS)) {
  const path = join(root, module)
  const text = moduleOf(entry, await compile(entry))
  if (!isCheck) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`${module} is stale: run npm run kernels\n`)
    process.exitCode = 1
  }
}

async function compile(entry: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'))
  const target = join(folder, 'kernel.wasm')
  try {
    const options = ['--outFile', target, '--baseDir', root, '--runtime', 'stub', '-O3', '--noAssert']
    const { error, stderr } = await asc.main([entry, ...options, '--enable', 'simd', '--use', 'abort='])
    if (error !== null) throw new Error(`${entry} cannot be compiled:\n${stderr.toString()}`)
    return readFileSync(target)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function moduleOf(entry: string, bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64')
  const lines = Array.from({ length: Math.ceil(text.length / LINE) }, (_, i) => text.slice(i * LINE, (i + 1) * LINE))
  const body = lines.map(line => `  '${line}',\n`).join('')
  return `/** Made from ${entry} by scripts/kernels.ts: WebAssembly in Base64, line by line. */\nexport const KERNEL: readonly string[] = [\n${body}]\n`
}
