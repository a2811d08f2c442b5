import { useMantineColorScheme } from '@mantine/core'
import { Monitor, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'

const CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'auto', label: 'As the system', icon: Monitor },
] as const

/** Light, dark, or what the system says. */
export function ThemeToggle(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className="theme-toggle">
      <legend className="unseen">Theme</legend>
      {CHOICES.map(({ value, label, icon: Icon }) => (
        <label key={value} className="theme-toggle__choice" title={label}>
          <input
            type="radio"
            name="theme"
            className="unseen"
            value={value}
            checked={colorScheme === value}
            onChange={() => setColorScheme(value)}
          />
          <Icon size={14} strokeWidth={1.75} aria-hidden />
          <span className="unseen">{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
