import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillTemplate } from '../../../../core/export/hand-off/template.ts'
import type { FieldName } from '../../../../core/export/hand-off/template-fields.ts'
import { nextWorkingDay } from '../../../../core/export/hand-off/working-day.ts'
import { DEFAULT_TEMPLATES, FIELDS, readTemplate } from '../../../../core/export/index.ts'

const fill = (text: string, values: Partial<Record<FieldName, string | readonly string[]>>): string =>
  fillTemplate(readTemplate(text).template, field => values[field] ?? null)

describe('a template', () => {
  test.each<[string, string, Partial<Record<FieldName, string | readonly string[]>>, string]>([
    ['names what is known', 'Plan: {plan}', { plan: 'team' }, 'Plan: team'],
    ['leaves a line out of which a field is unknown', 'Plan: {plan}\nSize: {employees}', { employees: '9' }, 'Size: 9'],
    ['needs all fields of a line', '{seats_used} of {seats_purchased}', { seats_used: '4' }, ''],
    ['writes a list line by line', '- {reasons}', { reasons: ['a', 'b'] }, '- a\n- b'],
    ['leaves an empty list out', '- {reasons}', { reasons: [] }, ''],
    ['leaves a heading out that is left with nothing', 'Why\n- {reasons}\n\nPlan: {plan}', { plan: 'x' }, 'Plan: x'],
    ['keeps a heading that has something', 'Why\n- {reasons}\n{plan}', { plan: 'x' }, 'Why\nx'],
    ['keeps lines that ask for nothing', 'Hello\n\n\n\nBye', {}, 'Hello\n\nBye'],
  ])('%s', (_why, text, values, filled) => {
    expect(fill(text, values)).toBe(filled)
  })

  test.each([
    ['an unknown field', 'Hello {nobody}', 'there is no field {nobody}'],
    ['an open brace', 'Hello {first_name', 'a brace is left open'],
    ['a figure of its own', 'You have 50 users', 'a figure that no field gives; use a field for it'],
    ['a trial that no field tells', 'Your trial ends soon', 'this claims a trial, which only {trial_end}'],
    ['a role', 'As an admin you know', 'this claims somebody in a role, which only {people}'],
    ['an event', 'You hit a limit', 'this claims an event, which only {reasons}'],
  ])('is refused for %s', (_why, text, message) => {
    const { problems } = readTemplate(`Fine\n${text}`)
    expect(problems.map(problem => [problem.line, problem.message])).toEqual([[2, expect.stringContaining(message)]])
  })

  test('says nothing that its values do not hold', () => {
    const values = fc.dictionary(fc.constantFrom(...(Object.keys(FIELDS) as FieldName[])), fc.constantFrom('x', 'y'))
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(DEFAULT_TEMPLATES)), values, (text, known) => {
        const filled = fill(text, known as Partial<Record<FieldName, string>>)
        expect(filled).not.toMatch(/[{}]|null|undefined/)
        if (Object.keys(known).length === 0) expect(filled).toBe('')
      }),
    )
  })

  test.each(Object.entries(DEFAULT_TEMPLATES))('the built-in %s claims nothing', (_id, text) => {
    expect(readTemplate(text).problems).toEqual([])
  })
})

test.each([
  ['Wednesday to Thursday', 20_600, 20_601],
  ['Thursday to Friday', 20_601, 20_602],
  ['Friday to Monday', 20_602, 20_605],
  ['Saturday to Monday', 20_603, 20_605],
  ['Sunday to Monday', 20_604, 20_605],
  ['before 1970 too', -1, 0],
])('%s', (_why, day, next) => {
  expect(nextWorkingDay(day)).toBe(next)
})
