import type { Output } from '#contract/contract'
import type { HeldFix } from '#schema/held'
import { counted } from './terminal.ts'

type KnownFix = Output<'held.known'>['fixes'][number]

/** What was fixed before and is held again, by import: two lines each. Empty where there is nothing. */
export function knownLines(fixes: readonly KnownFix[]): readonly string[] {
  return fixes.flatMap(({ importId, code, column, rows, answers, effect }) => {
    const done = effect === 'judge' ? 'Fixed' : 'Left out'
    const what = answers.map(
      answer => `${answerWords(answer, column)} (${counted(answer.rows, 'row')}, import ${answer.from})`,
    )
    const where = column === '' ? code : `${code} in ${column}`
    return [
      `  import ${importId}: ${counted(rows, 'row')}, ${where}`,
      `    ${done} before: ${what.slice(0, SHOWN).join('; ')}${what.length > SHOWN ? '; and more' : ''}`,
    ]
  })
}

const SHOWN = 5

function answerWords({ value, fix }: KnownFix['answers'][number], column: string): string {
  const nothing = column === '' ? 'the record' : 'empty'
  const told = value === '' ? nothing : JSON.stringify(value)
  if (fix === null) return `${told} as the record was edited`
  return fix.kind === 'leave-out' ? told : `${told} ${fixWords(fix)}`
}

function fixWords(fix: HeldFix): string {
  if (fix.kind === 'replace') return `to ${JSON.stringify(fix.to)}`
  if (fix.kind === 'read') return `read as ${fix.as}`
  return fix.kind === 'pattern' ? `read as ${fix.pattern}` : `by ${fix.kind}`
}
