import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useHelp } from '../../state/help.ts'
import { useNavigation } from '../../state/navigation.ts'
import { modKey } from '../../ui/keys.ts'
import { ROOMS } from '../rooms.ts'
import { SHORTCUTS } from './shortcuts.ts'

/** Every shortcut, by where it works; those of the room that is shown come first. */
export function KeyboardHelp(): ReactNode {
  const isOpen = useHelp(state => state.isOpen)
  const room = useNavigation(state => ROOMS.find(({ screen }) => screen === state.screen)?.label)
  const groups = SHORTCUTS.toSorted((a, b) => Number(b.group === room) - Number(a.group === room))
  return (
    <Modal
      opened={isOpen}
      onClose={() => useHelp.setState({ isOpen: false })}
      title="Keyboard shortcuts"
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="shortcuts">
        {groups.map(({ group, keys }) => (
          <section key={group} aria-label={group}>
            <h3 className="section-title">{group}</h3>
            <dl>
              {keys.map(([combination, does]) => (
                <div key={combination} className="shortcuts__line">
                  <dt>{does}</dt>
                  <dd>
                    <kbd className="key">{combination.replace('mod', modKey())}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
