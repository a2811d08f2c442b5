/** Columns of a list of units that may be left out; its ids and names always stand. */
export const LIST_COLUMNS = ['score', 'stage', 'destination', 'reason', 'owner', 'health', 'lastActive'] as const
export type ListColumn = (typeof LIST_COLUMNS)[number]
