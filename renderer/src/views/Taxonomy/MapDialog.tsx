import { Button, Modal } from '@mantine/core'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { edit, entriesOf, useTaxonomy } from '../../state/taxonomy.ts'
import {
  addPattern,
  canBeMapped,
  commonPattern,
  type Entries,
  mapNames,
  moveKind,
  takerOf,
} from '../../state/taxonomy-entries.ts'
import { askReach, forgetReach } from '../../state/taxonomy-reach.ts'
import { setView, targetNames } from '../../state/taxonomy-view.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { useReturnFocus } from './focus.ts'
import { HowToMap } from './HowToMap.tsx'
import { KindChoice, type KindOption } from './KindChoice.tsx'
import { kindOptions } from './kind-options.ts'

/** Puts the picked names to a kind: as synonyms, or by a pattern that takes them. */
export function MapDialog(): ReactNode {
  const { client } = useServices()
  const [names] = useState(targetNames)
  useReturnFocus()
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState<string | null>(null)
  const [isByPattern, setByPattern] = useState(false)
  const [isFirst, setFirst] = useState(false)
  const [pattern, setPattern] = useState(() => commonPattern(names) ?? '')
  const entries = useTaxonomy(entriesOf)
  const options = useOptions(entries, names, typed)
  const kind = options.find(option => option.kind === marked)?.kind ?? firstChoice(options, typed)
  const how = isByPattern ? 'pattern' : 'names'
  const after = kind === null ? entries : mapped(entries, { names, kind, how, pattern })
  const keeper = kind === null ? null : keeperOf(after, names, kind)
  useEffect(() => {
    if (isByPattern) perform(askReach(client, { entries, kind: kind ?? '', pattern }))
    return forgetReach
  }, [client, entries, isByPattern, kind, pattern])
  const close = (): void => setView({ dialog: null })
  const choose = (chosen: string | null): void => {
    if (chosen === null) return
    const blocker = keeperOf(mapped(entries, { names, kind: chosen, how, pattern }), names, chosen)
    perform(
      edit(client, before => {
        const result = mapped(before, { names, kind: chosen, how, pattern })
        const place = result.findIndex(entry => entry.kind === blocker)
        return isFirst && place >= 0 ? moveKind(result, chosen, place) : result
      }),
    )
    setView({ dialog: null, picked: [] })
  }
  return (
    <Modal opened onClose={close} title={title(names)} size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="map-dialog"
        onSubmit={event => {
          event.preventDefault()
          choose(kind)
        }}
      >
        {names.length > 1 && <NameChips names={names} />}
        <KindChoice
          options={options}
          marked={kind}
          typed={typed}
          onType={setTyped}
          onMark={setMarked}
          onChoose={choose}
          onNew={() => setView({ dialog: 'new' })}
        />
        <HowToMap
          {...{ names, pattern, isByPattern, keeper, isFirst, kind }}
          onPattern={setPattern}
          onHow={setByPattern}
          onFirst={setFirst}
        />
        <OddNames names={names} />
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={kind === null || (isByPattern && pattern.trim() === '')}>
            {kind === null ? 'Map' : `Map to ${kind}`}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** What Enter takes before anything is marked: only what was typed for, or what the names resemble. */
function firstChoice(options: readonly KindOption[], typed: string): string | null {
  const [first] = options
  return first !== undefined && (typed !== '' || first.why !== null) ? first.kind : null
}

function OddNames({ names }: Readonly<{ names: readonly string[] }>): ReactNode {
  const odd = names.filter(name => !canBeMapped(name)).length
  if (odd === 0) return null
  return (
    <p className="map-dialog__warn">
      {counted(odd, 'name has', 'names have')} no letter a–z and no digit. Only a kind of exactly that name takes such a
      name.
    </p>
  )
}

const title = (names: readonly string[]): string =>
  names.length === 1 ? `Map ${names[0] ?? ''} to a kind` : `Map ${counted(names.length, 'name')} to a kind`

function useOptions(entries: Entries, names: readonly string[], typed: string): readonly KindOption[] {
  const preview = useTaxonomy(state => state.preview)
  const suggestions = useTaxonomy(state => state.suggestions)
  const signals = useTaxonomy(state => state.inForce?.signals ?? null)
  return useMemo(
    () => kindOptions({ entries, preview, suggestions: suggestions ?? [], signals: signals ?? [], names, typed }),
    [entries, preview, suggestions, signals, names, typed],
  )
}

type Mapping = Readonly<{ names: readonly string[]; kind: string; how: 'names' | 'pattern'; pattern: string }>

function mapped(entries: Entries, { names, kind, how, pattern }: Mapping): Entries {
  return how === 'pattern' ? addPattern(entries, kind, pattern) : mapNames(entries, names, kind)
}

/** The earlier kind that keeps one of the names; null where all go to their new kind. */
function keeperOf(entries: Entries, names: readonly string[], kind: string): string | null {
  const takers = names.map(name => takerOf(entries, name)?.kind ?? kind)
  return takers.find(taker => taker !== kind) ?? null
}

function NameChips({ names }: Readonly<{ names: readonly string[] }>): ReactNode {
  const shown = names.slice(0, 6)
  return (
    <p className="name-chips">
      {shown.map(name => (
        <code key={name} className="sample" title={name}>
          {name}
        </code>
      ))}
      {names.length > shown.length && <span className="muted">and {names.length - shown.length} more</span>}
    </p>
  )
}
