import { notifications } from '@mantine/notifications'
import { CircleAlert, CircleCheck, CircleSlash } from 'lucide-react'
import { failureOf } from './failures.ts'

/** Starts an action and reports its failure; what it gives back is in the stores. */
export function perform(work: Promise<unknown>): void {
  work.catch(notifyFailure)
}

export function notifyFailure(error: unknown): void {
  const { title, message, advice, code } = failureOf(error)
  const isCancelled = code === 'run/cancelled'
  notifications.show({
    id: `${code}:${message}`,
    title,
    message: (
      <>
        {!isCancelled && <p className="notice__message">{message}</p>}
        {advice !== null && <p className="notice__advice">{advice}</p>}
        {!isCancelled && <code className="notice__code">{code}</code>}
      </>
    ),
    icon: isCancelled ? <CircleSlash size={16} /> : <CircleAlert size={16} />,
    className: isCancelled ? 'notice' : 'notice notice--bad',
    autoClose: isCancelled ? 5000 : 15_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
  })
}

export function notifyDone(title: string, message: string): void {
  notifications.show({
    title,
    message,
    icon: <CircleCheck size={16} />,
    className: 'notice notice--good',
    autoClose: 6000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
  })
}
