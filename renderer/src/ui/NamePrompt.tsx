import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Dialog } from './Dialog.tsx'

type Props = Readonly<{
  title: string
  description?: string
  placeholder: string
  /** What stands there at first. */
  name?: string
  onClose: () => void
  /** The name without outer blanks; never empty. The dialog stays until it is taken away. */
  onSave: (name: string) => void
}>

/** Asks for the name under which something is kept. */
export function NamePrompt({ title, description, placeholder, name: first = '', onClose, onSave }: Props): ReactNode {
  const [typed, setTyped] = useState(first)
  const name = typed.trim()
  return (
    <Dialog onClose={onClose} title={title} size={400}>
      <form
        className="review"
        onSubmit={event => {
          event.preventDefault()
          onSave(name)
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          description={description}
          placeholder={placeholder}
          maxLength={120}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
