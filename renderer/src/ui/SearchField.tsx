import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isTyping } from './keys.ts'

type Props = Readonly<{
  /** What is searched for by now; it follows what is typed later, and may be set from elsewhere. */
  search: string
  onSearch: (text: string) => void
  label?: string
  placeholder?: string
  delayMs?: number
}>

/** Words to look for; asked for shortly after the last key. `/` comes here, Esc clears and leaves. */
export function SearchField({
  search,
  onSearch,
  label = 'Search the list',
  placeholder = 'Search',
  delayMs = 150,
}: Props): ReactNode {
  const { typed, change } = useTyped(search, onSearch, delayMs)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <TextInput
      ref={field}
      className="search-field"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<Search size={14} aria-hidden />}
      rightSection={typed === '' ? <kbd className="key">/</kbd> : null}
      value={typed}
      onChange={event => change(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        change('')
        event.currentTarget.blur()
        document.getElementById('main')?.focus()
      }}
    />
  )
}

/**
 * The text as it is typed, ahead of what is searched for. A search that comes back is an echo of what was asked and takes no letter
 * away; one that was never asked was set from elsewhere, and holds.
 */
function useTyped(search: string, onSearch: (text: string) => void, delayMs: number) {
  const [typed, setTyped] = useState(search)
  const asked = useRef<readonly string[]>([search])
  const ask = useDebouncedCallback((text: string) => {
    asked.current = [...asked.current, text]
    onSearch(text)
  }, delayMs)
  useEffect(() => {
    const place = asked.current.indexOf(search)
    // Questions before the one that came back are answered or given up.
    asked.current = place === -1 ? [search] : asked.current.slice(place)
    if (place !== -1) return
    ask.cancel()
    setTyped(search)
  }, [search, ask])
  const change = (text: string): void => {
    setTyped(text)
    ask(text)
  }
  return { typed, change }
}
