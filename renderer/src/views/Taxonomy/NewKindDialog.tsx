import { Button, Modal, Select, Switch, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { normaliseName } from '#lib/text'
import { edit, entriesOf, useTaxonomy } from '../../state/taxonomy.ts'
import { addKind, canBeMapped, commonPattern, kindFault, mapNames } from '../../state/taxonomy-entries.ts'
import { setView, targetNames } from '../../state/taxonomy-view.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { CATEGORIES, categoryOf, kindsVerdict } from './category-words.ts'
import { useReturnFocus } from './focus.ts'
import { earningOf } from './kind-options.ts'

/** A new kind at the end of the order, with the picked names as its synonyms. */
export function NewKindDialog(): ReactNode {
  const { client } = useServices()
  const [names] = useState(targetNames)
  useReturnFocus()
  const [kind, setKind] = useState(() => proposedKind(names))
  const [category, setCategory] = useState('other')
  const [highIntent, setHighIntent] = useState(false)
  const entries = useTaxonomy(entriesOf)
  const signals = useTaxonomy(state => state.inForce?.signals ?? null)
  const fault = kindFault(entries, kind)
  const close = (): void => setView({ dialog: null })
  const make = (): void => {
    if (fault !== null) return
    perform(edit(client, before => mapNames(addKind(before, { kind, category, match: [], highIntent }), names, kind)))
    setView({ dialog: null, picked: [] })
  }
  const verdict = kindsVerdict(entries.length + 1)
  return (
    <Modal opened onClose={close} title="New kind" size={460} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="new-kind"
        onSubmit={event => {
          event.preventDefault()
          make()
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          description={names.length === 0 ? 'It takes events of this name.' : `Takes ${counted(names.length, 'name')}.`}
          value={kind}
          error={kind === '' ? null : fault}
          onChange={event => setKind(event.currentTarget.value)}
        />
        <Select
          label="Category"
          description={categoryOf(category).means}
          data={CATEGORIES.map(({ id, label }) => ({ value: id, label }))}
          value={category}
          allowDeselect={false}
          onChange={value => setCategory(value ?? 'other')}
        />
        <Switch
          size="xs"
          label="High intent"
          description="One such event in 30 days marks a workspace as ready to talk."
          checked={highIntent}
          onChange={event => setHighIntent(event.currentTarget.checked)}
        />
        {earningOf(signals ?? [], kind) === 0 && (
          <p className="muted">No signal of the model names this kind, so its events earn no points yet.</p>
        )}
        <p className={verdict.isGood ? 'muted' : 'map-dialog__warn'}>
          {counted(entries.length + 1, 'kind')} then: {verdict.note}. {verdict.isGood ? '' : verdict.means}
        </p>
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={fault !== null}>
            Add the kind
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** The words that all names begin or end with, else the first name; a name without a normal form can only be a kind itself. */
function proposedKind(names: readonly string[]): string {
  const [first] = names
  if (first === undefined) return ''
  const common = names.length > 1 ? normaliseName(commonPattern(names) ?? '') : ''
  if (common !== '') return common
  return canBeMapped(first) ? normaliseName(first) : first
}
