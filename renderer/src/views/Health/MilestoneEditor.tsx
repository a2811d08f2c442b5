import { ActionIcon, Button, TextInput } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { HoldsWhen, SingleTest } from '#schema/milestone'
import { TestEditor } from './TestEditor.tsx'

type Props = Readonly<{
  title: string
  /** Name of a secondary milestone; the primary one has none. */
  name: string | null
  holdsWhen: HoldsWhen
  onChange: (name: string | null, holdsWhen: HoldsWhen) => void
  onRemove?: () => void
}>

/** One milestone: all of its tests have to hold. */
export function MilestoneEditor({ title, name, holdsWhen, onChange, onRemove }: Props): ReactNode {
  const tests = testsOf(holdsWhen)
  const set = (next: readonly SingleTest[]): void => onChange(name, holdsWhenOf(next))
  return (
    <fieldset className="milestone-editor">
      <legend className="section-title">{title}</legend>
      {name !== null && (
        <div className="milestone-editor__name">
          <TextInput
            aria-label={`Name of ${title.toLowerCase()}`}
            value={name}
            maxLength={120}
            error={name.trim() === ''}
            onChange={event => {
              if (event.currentTarget.value !== '') onChange(event.currentTarget.value, holdsWhen)
            }}
          />
          {onRemove !== undefined && (
            <ActionIcon aria-label={`Remove ${title.toLowerCase()}`} onClick={onRemove}>
              <Trash2 size={14} aria-hidden />
            </ActionIcon>
          )}
        </div>
      )}
      <ol className="milestone-editor__tests">
        {tests.map((test, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a test is its place; its content is being edited
          <li key={place} className="milestone-editor__test">
            <span className="muted">{place === 0 ? 'when' : 'and'}</span>
            <TestEditor
              test={test}
              label={`${title}, test ${place + 1}`}
              onChange={next => set(tests.map((known, i) => (i === place ? next : known)))}
            />
            {tests.length > 1 && (
              <ActionIcon
                aria-label={`Remove test ${place + 1} of ${title.toLowerCase()}`}
                onClick={() => set(tests.filter((_, i) => i !== place))}
              >
                <Trash2 size={14} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ol>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<Plus size={13} aria-hidden />}
        onClick={() => set([...tests, { activePersons: 2 }])}
      >
        Add a test
      </Button>
    </fieldset>
  )
}

function testsOf(holdsWhen: HoldsWhen): readonly SingleTest[] {
  return 'allOf' in holdsWhen ? holdsWhen.allOf : [holdsWhen]
}

/** One test stands alone, several are all of them. */
function holdsWhenOf(tests: readonly SingleTest[]): HoldsWhen {
  const [first] = tests
  return tests.length === 1 && first !== undefined ? first : { allOf: [...tests] }
}
