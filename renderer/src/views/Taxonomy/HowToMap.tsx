import { Checkbox, Radio, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { counted } from '../../ui/format.ts'
import { ReachList } from './ReachList.tsx'

type Props = Readonly<{
  names: readonly string[]
  kind: string | null
  pattern: string
  isByPattern: boolean
  /** An earlier kind that keeps some of the names. */
  keeper: string | null
  isFirst: boolean
  onPattern: (pattern: string) => void
  onHow: (isByPattern: boolean) => void
  onFirst: (isFirst: boolean) => void
}>

/** As synonyms or by a pattern, with what the pattern takes besides. */
export function HowToMap(props: Props): ReactNode {
  const { names, kind, pattern, isByPattern, keeper, isFirst } = props
  return (
    <fieldset className="how-to-map">
      <legend className="unseen">How</legend>
      <Radio
        size="xs"
        name="how"
        label={
          names.length === 1 ? 'This name alone, as a synonym' : `These ${counted(names.length, 'name')}, as synonyms`
        }
        checked={!isByPattern}
        onChange={() => props.onHow(false)}
      />
      <div className="how-to-map__pattern">
        <Radio
          size="xs"
          name="how"
          label="All names of a pattern"
          checked={isByPattern}
          onChange={() => props.onHow(true)}
        />
        <TextInput
          aria-label="Pattern"
          className="pattern-field"
          placeholder="viewed_pricing*"
          value={pattern}
          onFocus={() => props.onHow(true)}
          onChange={event => props.onPattern(event.currentTarget.value)}
        />
      </div>
      {isByPattern && <ReachList isShort />}
      {keeper !== null && kind !== null && (
        <Checkbox
          size="xs"
          checked={isFirst}
          onChange={event => props.onFirst(event.currentTarget.checked)}
          label={`Some of it stays with ${keeper}, which comes first. Move ${kind} before it`}
        />
      )}
    </fieldset>
  )
}
