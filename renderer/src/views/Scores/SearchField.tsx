import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isTyping } from '../../ui/keys.ts'

type Props = Readonly<{ search: string; onSearch: (text: string) => void; placeholder?: string }>

/** Words to look for; asked for shortly after the last key. `/` comes here, Esc clears and leaves. */
export function SearchField({ search, onSearch, placeholder = 'Search' }: Props): ReactNode {
  const [typed, setTyped] = useState(search)
  const field = useRef<HTMLInputElement>(null)
  const ask = useDebouncedCallback(onSearch, 150)
  const change = (text: string): void => {
    setTyped(text)
    ask(text)
  }
  useEffect(() => {
    setTyped(search)
  }, [search])
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
      aria-label="Search the list"
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
      }}
    />
  )
}
