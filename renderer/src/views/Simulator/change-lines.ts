import type { ScenarioDiff } from '../../state/simulator-review.ts'
import { NONE } from '../../ui/format.ts'
import { changeText, fieldOf, subjectOf, titleOf, unitOfPath } from '../parameter-words.ts'

type Change = ScenarioDiff['model'][number]
type Line = Readonly<{ name: string; values: string }>
type ScoreTest = Readonly<{ fact: string; op: string; value: number }>

/** What an answer says of two records. */
export function answerWords({
  question,
  answer,
  relation,
}: Readonly<Record<'question' | 'answer', string>> & Readonly<{ relation?: string | null | undefined }>): string {
  const isSame = answer === 'same'
  if (question === 'persons') return isSame ? 'one person' : 'two persons'
  if (question === 'workspaces')
    return isSame && (relation ?? 'merge') === 'merge' ? 'one workspace' : (RELATIONS[relation ?? ''] ?? 'apart')
  return isSame ? 'belongs to it' : 'does not belong'
}

const RELATIONS: Readonly<Record<string, string>> = {
  group: 'one account',
  'environment-of': 'environment of it',
  'agency-of': 'agency of it',
}

/** One line for each figure that a change of a document is about. */
export function changeLines({ path, from, to }: Change): readonly Line[] {
  if (path[0] === 'rules' && typeof from === 'string' && typeof to === 'string') {
    const lines = ruleLines(path[1] ?? '', from, to)
    if (lines.length > 0) return lines
  }
  const plain = (value: Change['from']): string | number | null => (typeof value === 'boolean' ? String(value) : value)
  const [before, after] = [plain(from), plain(to)]
  const values = before === null && after === null ? NONE : changeText(before, after, unitOfPath(path))
  return [{ name: path[0] === 'rules' ? path.join(' ') : titleOf(path), values }]
}

/** The tests of a rule come as a whole, as JSON text: of them only what they ask of the score can have changed. */
function ruleLines(id: string, from: string, to: string): readonly Line[] {
  const [before, after] = [scoreTests(from), scoreTests(to)]
  return after.flatMap((test, place) => {
    const old = before[place]
    if (old === undefined || old.value === test.value) return []
    const name = `${subjectOf({ group: 'routing', subject: id })}, ${fieldOf(test.op).label.toLowerCase()}`
    return [{ name, values: changeText(old.value, test.value, 'score') }]
  })
}

function scoreTests(text: string): readonly ScoreTest[] {
  const found: ScoreTest[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (isScoreTest(value)) found.push(value)
    else for (const inner of Object.values(value)) visit(inner)
  }
  try {
    visit(JSON.parse(text))
  } catch {
    // a plain text of a rule, such as its title
  }
  return found
}

function isScoreTest(value: object): value is ScoreTest {
  return (
    'fact' in value && value.fact === 'score' && 'op' in value && 'value' in value && typeof value.value === 'number'
  )
}
