import { serveEngine } from '#app'
import { memoryChannels } from '#contract/channel.memory'
import { createClient } from '#contract/client'
import type { Client } from '#contract/contract'

/** Opens an engine in this process, as the command line does, does the work, and closes the project to its one file. */
export async function withEngine<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const [clientEnd, serverEnd] = memoryChannels()
  const engine = serveEngine(serverEnd, {
    kind: 'cli',
    resolveSource: token => ({ path: token, name: token.split(/[\\/]/).at(-1) ?? token }),
    resolveTarget: token => token,
    report: error => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  })
  try {
    return await work(createClient(clientEnd))
  } finally {
    await engine.close()
  }
}

/** Loads the code of an import, as an app that is open has it: what is measured then is the work alone. */
export async function loadImports(): Promise<void> {
  await withEngine(async client => {
    await client['app.info']({})
    // Refused where no project is open; its code is there by then.
    await client['import.mappings']({}).catch(() => undefined)
  })
}
