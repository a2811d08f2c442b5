import type { ReactNode } from 'react'

type Props = Readonly<{ title: string; children?: ReactNode; action?: ReactNode; icon?: ReactNode }>

/** Says what is not there yet and what to do next. */
export function EmptyState({ title, children, action, icon }: Props): ReactNode {
  return (
    <div className="empty-state">
      {icon !== undefined && (
        <span className="empty-state__icon" aria-hidden>
          {icon}
        </span>
      )}
      <p className="empty-state__title">{title}</p>
      {children !== undefined && <p className="empty-state__text">{children}</p>}
      {action !== undefined && <div className="empty-state__action">{action}</div>}
    </div>
  )
}
