import { Button, Group, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { HeldEncodingAsk } from '../../state/held-drop.ts'

type Props = Readonly<{
  ask: HeldEncodingAsk
  isBusy: boolean
  onRead: (encoding: string) => void
  onClose: () => void
}>

const ENCODINGS = [
  { value: 'windows-1252', label: 'windows-1252, as Excel in Western Europe saves CSV' },
  { value: 'utf-8', label: 'UTF-8; rows that are not stay held' },
  { value: 'utf-16le', label: 'UTF-16, little end first' },
  { value: 'utf-16be', label: 'UTF-16, big end first' },
] as const

/** Asks for the encoding of a corrected file that is not UTF-8 and whose rows do not prove what it is. */
export function HeldEncoding({ ask, isBusy, onRead, onClose }: Props): ReactNode {
  const [encoding, setEncoding] = useState<string>(ask.suggestion)
  const { samples, suggestion } = ask
  return (
    <div className="held-load">
      <p>The file is not UTF-8, and none of its rows proves how it was saved.</p>
      {samples !== '' && (
        <p className="muted">
          As {suggestion} it reads: {samples}
        </p>
      )}
      <Select
        label="Encoding of the file"
        data={ENCODINGS}
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
