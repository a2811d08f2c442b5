import { AppError } from '#lib/errors'

export type ChannelState = Readonly<{
  isClosed(): boolean
  onClose(listener: () => void): void
  /** Marks the channel closed and tells everyone, the first time. */
  close(): void
  /** Throws AppError `transport/closed` when the channel is closed. */
  demandOpen(): void
}>

/** The open-then-closed half of a channel, the same for every transport. */
export function channelState(): ChannelState {
  const listeners: (() => void)[] = []
  let isClosed = false
  return {
    isClosed: () => isClosed,
    onClose: listener => {
      if (isClosed) listener()
      else listeners.push(listener)
    },
    close: () => {
      if (isClosed) return
      isClosed = true
      for (const listener of listeners.splice(0)) listener()
    },
    demandOpen: () => {
      if (isClosed) throw closedError()
    },
  }
}

/** What every call gets whose other end is gone. */
export function closedError(): AppError {
  return new AppError('transport/closed', 'the analysis process stopped; the project file is intact')
}
