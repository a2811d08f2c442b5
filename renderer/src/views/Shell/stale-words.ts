const CHANGED = {
  data: 'the data',
  decisions: 'decisions about them',
  taxonomy: 'the taxonomy',
  model: 'the scoring model',
  routing: 'the routing rules or owners',
} as const

type Reason = keyof typeof CHANGED

/** `Changed since these scores were made: the taxonomy, the routing rules or owners.` */
export function staleWords(because: readonly Reason[] = ['data', 'decisions']): string {
  const words = because.map(reason => (reason === 'decisions' && !because.includes('data') ? ALONE : CHANGED[reason]))
  return `Changed since these scores were made: ${words.join(', ')}.`
}

const ALONE = 'decisions about the data'
