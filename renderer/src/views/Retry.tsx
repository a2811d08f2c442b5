import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { EmptyState } from '../ui/EmptyState.tsx'
import { perform } from './notify.tsx'

type Props = Readonly<{ title: string; again: () => Promise<unknown> }>

/** Something could not be read: says so in its place, and asks again. The notification says why. */
export function Retry({ title, again }: Props): ReactNode {
  const action = (
    <Button variant="default" onClick={() => perform(again())}>
      Try again
    </Button>
  )
  return (
    <EmptyState title={title} action={action}>
      The rest of the project is not touched by this.
    </EmptyState>
  )
}
