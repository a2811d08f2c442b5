import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { count } from '../../ui/format.ts'

type Props = Readonly<{ shown: number; of: number; isLoading: boolean; onMore: () => void }>

/** Below rows that are read page by page: how many are there, and the way to the next page. */
export function ShowMore({ shown, of, isLoading, onMore }: Props): ReactNode {
  return (
    <p className="diff__more">
      <span className="muted">
        {count(shown)} of {count(of)} shown.
      </span>
      <Button size="compact-xs" variant="default" loading={isLoading} onClick={onMore}>
        Show more
      </Button>
    </p>
  )
}
