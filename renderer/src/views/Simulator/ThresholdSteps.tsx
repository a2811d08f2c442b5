import type { ReactNode } from 'react'

type Props = Readonly<{ steps: readonly number[]; value: number; min: number; max: number }>

/** Half of the thumb of a range: its middle does not reach the ends. */
const THUMB = 6

/** Marks under a handle where moving it changes something; those that it has passed are paler. */
export function ThresholdSteps({ steps, value, min, max }: Props): ReactNode {
  const within = steps.filter(step => step >= min && step <= max)
  return (
    <div className="parameter who__steps" aria-hidden>
      <svg className="who__marks" height={8} width="100%">
        <title>Thresholds at which records join or part</title>
        {within.map(step => {
          const share = (step - min) / (max - min || 1)
          const place = `calc(${THUMB}px + ${share} * (100% - ${2 * THUMB}px))`
          return (
            <rect key={step} width={1} height={8} style={{ x: place }} className={step < value ? 'is-parted' : ''} />
          )
        })}
      </svg>
    </div>
  )
}
