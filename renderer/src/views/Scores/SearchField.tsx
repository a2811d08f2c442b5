import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useScoreList } from '../../state/score-list.ts'
import { isTyping } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { applyFilter } from './filtering.ts'

/** Name, id or account; asked for shortly after the last key. `/` comes here, Esc clears and leaves. */
export function SearchField(): ReactNode {
  const { client } = useServices()
  const search = useScoreList(state => state.filter.search)
  const [typed, setTyped] = useState(search)
  const field = useRef<HTMLInputElement>(null)
  const ask = useDebouncedCallback((text: string) => perform(applyFilter(client, { search: text })), 150)
  const change = (text: string): void => {
    setTyped(text)
    ask(text)
  }
  useEffect(() => {
    if (search === '') setTyped('')
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
      placeholder="Search"
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
