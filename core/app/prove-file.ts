import type { Output } from '#contract/contract'
import { createProver, type FileProof, heldAdvice, mappingOfPlans } from '#import'
import { AppError } from '#lib/errors'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { TableName } from '#schema/tables'
import { mappingView, nameOf, viewOf } from './file-view.ts'
import type { Job } from './jobs.ts'
import { type OpenedSource, planSource, type ReadingGround } from './plan-sources.ts'
import { readChunks, type SourceFacts, type SourceFile } from './source-file.ts'

type Proof = Output<'import.prove'>
type TableProof = Proof['tables'][number]

/** How often a file may be read because its own rows chose other readings: once per kind of proof, twice for its backslashes, and once more. */
const MAX_READS = 6

/** Reads a whole file once per table that it feeds, and says what its columns prove. Loads nothing. */
export async function proveSource(source: OpenedSource, ground: ReadingGround, job: Job): Promise<Proof> {
  const planned = await planSource(source, ground, { job, offersLists: true })
  const tables: TableProof[] = []
  const proven: FilePlan[] = []
  for (const plan of planned.plans) {
    if (plan.table === null) continue
    const proof = await provePlan(source.file, planned.head, plan, { options: ground.options, job })
    tables.push(tableProof(plan.table, proof))
    proven.push(proof.plan)
  }
  const [first] = proven
  return {
    plan: viewOf(source, planned, null),
    tables,
    mapping: first === undefined ? null : mappingView(mappingOfPlans(proven, nameOf(first))),
  }
}

async function provePlan(
  file: SourceFile,
  facts: SourceFacts,
  plan: FilePlan,
  { options, job }: Readonly<{ options: ImportOptions; job: Job }>,
): Promise<FileProof> {
  let current = plan
  for (let reads = 1; reads <= MAX_READS; reads++) {
    const prover = createProver(current, options)
    for await (const { chunk, diskBytes } of readChunks(file, facts)) {
      prover.push(chunk)
      job.report({ phase: 'Proving', done: diskBytes, total: facts.bytes, unit: 'bytes', subject: file.name })
      await job.breathe()
    }
    const proof = prover.end()
    if (!proof.isRedo) return proof
    current = proof.plan
  }
  throw new AppError('import/ambiguous', `${file.name}: its rows do not agree on how they are to be read`, {
    file: file.name,
  })
}

function tableProof(table: TableName, proof: FileProof): TableProof {
  const { read, readable, held, skipped } = proof
  const faultView = (column: string) => (fault: FileProof['faults'][number]) => ({
    code: fault.code,
    count: fault.count,
    lines: [...fault.lines],
    values: [...fault.values],
    message: heldAdvice({
      table,
      column,
      code: fault.code,
      line: fault.lines[0] ?? 0,
      value: fault.values[0] ?? '',
      detail: '',
    }),
  })
  return {
    table,
    read,
    readable,
    held,
    skipped,
    fields: proof.fields.map(field => ({
      ...field,
      from: [...field.from],
      faults: field.faults.map(faultView(field.field)),
      reading: readingName(field.reading),
      counts: { ...field.counts },
      values: field.values === null ? null : field.values.map(each => ({ ...each })),
      samples: [...field.samples],
    })),
    faults: proof.faults.map(faultView('')),
    questions: proof.questions.map(({ column, flag, answers, counts, both, example }) => ({
      field: column,
      setting: flag === '--decimal' ? ('decimal' as const) : ('dateOrder' as const),
      flag,
      answers: [...answers],
      counts: [...counts],
      both,
      example,
    })),
    notes: proof.notes.map(note => ({ ...note, lines: [...note.lines] })),
  }
}

function readingName(reading: FileProof['fields'][number]['reading']): string | null {
  if (reading === null) return null
  return reading.kind === 'moment' ? reading.form : `decimal ${reading.decimal}`
}
