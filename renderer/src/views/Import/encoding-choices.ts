import { CODE_PAGE_NAMES, CODE_PAGES, type ReadAs } from '#schema/encodings'
import type { Choice } from './ChoiceList.tsx'

const WESTERN = ['windows-1252', 'Western European, Windows and Excel'] as const

/** Encodings that the bytes of a file cannot prove, with where they come from. */
const ENCODINGS: readonly (readonly [name: string, title: string])[] = [
  WESTERN,
  ...CODE_PAGE_NAMES.map(name => [name, CODE_PAGES[name]] as const),
]

/**
 * What a file that is not UTF-8 may be: what reads like text first, with what it reads; then UTF-8, the same for other files
 * that ask, and every other encoding.
 */
export function encodingChoices(readings: readonly ReadAs[], filesGroup: string | null): readonly Choice[] {
  const read = readings.map(({ encoding, samples }): Choice => {
    const hint = samples.replaceAll(' | ', ', ')
    return { id: encoding, label: encoding, text: `${encoding} ${titleOf(encoding)}`, hint }
  })
  const own = [...read, { id: 'utf-8', label: 'utf-8', text: 'utf-8', hint: 'hold the rows that are not' }]
  const all = own.map(
    ({ id, label, text, hint }): Choice => ({ id: `${id} files`, label, text: `${text} files`, hint }),
  )
  return [
    ...own,
    ...(filesGroup === null ? [] : grouped(all, filesGroup)),
    ...grouped(
      others(readings).map(([name, title]) => ({ id: name, label: name, text: `${name} ${title}`, hint: title })),
      'Other encodings',
    ),
  ]
}

/** The same for a file by itself, in words. */
export function encodingOptions(
  readings: readonly ReadAs[],
): { group: string; items: { value: string; label: string }[] }[] {
  const read = readings.map(({ encoding }) => ({ value: encoding, label: `${encoding}, ${titleOf(encoding)}` }))
  return [
    ...(read.length === 0 ? [] : [{ group: 'Reads like text', items: read }]),
    {
      group: read.length === 0 ? 'All' : 'Others',
      items: [
        { value: 'utf-8', label: 'utf-8; rows that are not stay held' },
        { value: 'utf-16le', label: 'utf-16le, little end first' },
        { value: 'utf-16be', label: 'utf-16be, big end first' },
        ...others(readings).map(([value, title]) => ({ value, label: `${value}, ${title}` })),
      ],
    },
  ]
}

function titleOf(encoding: string): string {
  return ENCODINGS.find(([name]) => name === encoding)?.[1] ?? ''
}

function others(readings: readonly ReadAs[]): typeof ENCODINGS {
  return ENCODINGS.filter(([name]) => readings.every(({ encoding }) => encoding !== name))
}

/** A group has its title on its first choice. */
export function grouped([first, ...rest]: readonly Choice[], group: string): readonly Choice[] {
  return first === undefined ? [] : [{ ...first, group }, ...rest]
}
