import { readFileSync } from 'node:fs'

/** The rows of a file of made-up users, whose cells hold no comma and no quote. */
export type RawRows = Readonly<{ rowAt(i: number): readonly [fullName: string, email: string, phone: string] }>

const [NEW_LINE, COMMA] = [10, 44]

/** Finds where each row begins; its texts are made when it is asked for. */
export function rawRows(folder: string): RawRows {
  const bytes = readFileSync(`${folder}/raw.csv`)
  const starts: number[] = [0]
  for (let at = bytes.indexOf(NEW_LINE); at !== -1; at = bytes.indexOf(NEW_LINE, at + 1)) starts.push(at + 1)
  return {
    rowAt: i => {
      // The key, which comes first, is its number.
      const from = bytes.indexOf(COMMA, starts[i]) + 1
      const [fullName = '', email = '', phone = ''] = bytes
        .toString('latin1', from, (starts[i + 1] ?? 1) - 1)
        .split(',')
      return [fullName, email, phone]
    },
  }
}
