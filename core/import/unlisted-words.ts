import type { ImportNote } from '#schema/import'

/** Different words counted each for itself. */
const MOST_WORDS = 1000
const SHOWN = 5

/** Words of a column that are none of those it knows, counted. */
export class UnlistedWords {
  private readonly counts = new Map<string, number>()
  private total = 0

  add(word: string): void {
    this.total++
    if (this.counts.size < MOST_WORDS || this.counts.has(word)) this.counts.set(word, (this.counts.get(word) ?? 0) + 1)
  }

  /** @param told the sentence, given the words with their counts, most frequent first */
  notes(column: string, told: (words: string) => string): readonly ImportNote[] {
    if (this.total === 0) return []
    const seen = [...this.counts].toSorted((a, b) => b[1] - a[1]).slice(0, SHOWN)
    const listed = seen.map(([word, count]) => `"${word}" (${count})`).join(', ')
    const more = this.counts.size > SHOWN ? ` and ${this.counts.size - SHOWN} more` : ''
    const message = `${column}: ${told(listed + more)}.`
    return [{ code: 'note/unlisted-values', column, count: this.total, lines: [], message }]
  }
}
