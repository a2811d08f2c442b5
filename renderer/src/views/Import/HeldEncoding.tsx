import { Button, Group, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { HeldEncodingAsk } from '../../state/held-drop.ts'
import { encodingOptions } from './encoding-choices.ts'

type Props = Readonly<{
  ask: HeldEncodingAsk
  isBusy: boolean
  onRead: (encoding: string) => void
  onClose: () => void
}>

/** Asks for the encoding of a corrected file that is not UTF-8 and whose rows do not prove what it is. */
export function HeldEncoding({ ask, isBusy, onRead, onClose }: Props): ReactNode {
  const { readings } = ask
  const [encoding, setEncoding] = useState(readings[0]?.encoding ?? 'utf-8')
  return (
    <div className="held-load">
      <p>The file is not UTF-8, and none of its rows proves how it was saved.</p>
      {readings
        .filter(({ samples }) => samples !== '')
        .map(({ encoding: name, samples }) => (
          <p key={name} className="muted">
            As {name} it reads: {samples}
          </p>
        ))}
      <Select
        label="Encoding of the file"
        data={encodingOptions(readings)}
        searchable
        value={encoding}
        allowDeselect={false}
        onChange={chosen => {
          if (chosen !== null) setEncoding(chosen)
        }}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          Leave as it is
        </Button>
        <Button disabled={isBusy} data-autofocus onClick={() => onRead(encoding)}>
          Read the file
        </Button>
      </Group>
    </div>
  )
}
