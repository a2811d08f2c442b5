/** What a held row says, without the line and column that stand beside it. */
export function withoutPlace(message: string): string {
  const text = message.replace(/^line \d+(, [^:"]+)?: */i, '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
