import { openProject, publishBatch } from '#store'
import { batchFiles } from './kill-batches.ts'
import { stageFile } from './temporary-project.ts'

/** Imports batch after batch until it is killed, and says before each step what comes. */
const [path = '', first = '1'] = process.argv.slice(2)
const { db } = openProject(path)
for (let batch = Number(first); ; batch++) {
  for (const file of batchFiles(batch)) {
    await say(`stage ${batch}`)
    stageFile(db, `batch ${batch}`, file)
  }
  await say(`publish ${batch}`)
  publishBatch(db, `batch ${batch}`, batch)
}

/** Waits until the message has left, so that the other side sees how far this one is. */
async function say(text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.send?.(text, undefined, undefined, () => resolve())
  await promise
}
