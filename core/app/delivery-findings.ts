import type { Output } from '#contract/contract'
import type { DeliveryFinding } from '#export'

/** Findings that are shown and kept in the manifest. */
const MOST_FINDINGS = 500
/** Of one sort, so that what is rare is not crowded out by what every record has. */
const MOST_OF_A_SORT = 60

type Sort = Output<'export.dryRun'>['findingSorts'][number]

/** What an export came upon: the first of each sort, and how many there are. */
export type DeliveryFindings = Readonly<{
  /** It grows. */
  listed: readonly DeliveryFinding[]
  total(): number
  sorts(): Sort[]
  add(finding: DeliveryFinding): void
}>

/** An empty list of findings. */
export function deliveryFindings(): DeliveryFindings {
  const listed: DeliveryFinding[] = []
  const sorts = new Map<string, Sort>()
  return {
    listed,
    total: () => [...sorts.values()].reduce((sum, { findings }) => sum + findings, 0),
    sorts: () => [...sorts.values()],
    add: finding => {
      const { object, kind, about } = finding
      const key = `${object} ${kind} ${about ?? ''}`
      const sort = sorts.get(key) ?? { object, kind, ...(about === undefined ? {} : { about }), findings: 0 }
      sorts.set(key, sort)
      if (sort.findings++ < MOST_OF_A_SORT && listed.length < MOST_FINDINGS) listed.push(finding)
    },
  }
}
