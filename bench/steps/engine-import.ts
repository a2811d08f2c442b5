import { loadImports, withEngine } from '../engine-session.ts'
import type { Figures, Prepare, StepArgs } from '../step.ts'

type Report = Awaited<ReturnType<typeof importInto>>

/** Files into a new project. */
export const importFiles: Prepare = async args => {
  await loadImports()
  return { runs: { run: async () => figuresOf(await importInto(args, true)) } }
}

/** The same files once more. */
export const importAgain: Prepare = async args => {
  await loadImports()
  return {
    runs: {
      run: async () => {
        const report = await importInto(args, false)
        const fresh = report.files.find(file => !file.alreadyImported)
        if (fresh !== undefined) throw new Error(`${fresh.file} was not recognised as imported already`)
        return figuresOf(report)
      },
    },
  }
}

/** A file of other bytes with the same events: each id has to be looked up. */
export const importOtherFile: Prepare = async args => {
  await loadImports()
  return {
    runs: {
      run: async () => {
        const report = await importInto(args, false)
        const added = report.files.reduce((sum, file) => sum + file.added, 0)
        if (added > 0) throw new Error(`${added} events were added that the project had already`)
        return figuresOf(report)
      },
    },
  }
}

async function importInto({ project = '', sources = '[]' }: StepArgs, isNew: boolean) {
  return await withEngine(async client => {
    if (isNew) await client['project.create']({ target: project })
    else await client['project.open']({ source: project })
    return await client['import.run']({ sources: JSON.parse(sources) as string[] }) // written by the suite
  })
}

function figuresOf({ files }: Report): Figures {
  const sum = (pick: (file: Report['files'][number]) => number): number =>
    files.reduce((total, file) => total + pick(file), 0)
  return {
    rows: sum(file => file.read),
    bytes: sum(file => file.bytes),
    held: sum(file => file.held),
    distinct: sum(file => file.loaded - file.differingCopies),
  }
}
