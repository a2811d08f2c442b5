import { MantineProvider, Menu } from '@mantine/core'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { Dialog } from '../../../renderer/src/ui/Dialog.tsx'
import '../support/browser-parts.ts'

afterEach(cleanup)

function Room(): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const [isGone, setGone] = useState(false)
  return (
    <main id="main" tabIndex={-1}>
      {!isGone && (
        <button type="button" onClick={() => setOpen(true)}>
          Open
        </button>
      )}
      <Menu transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <button type="button">More</button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen(true)}>Open from here</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isOpen && (
        <Dialog title="Dialog" size={400} onClose={() => setOpen(false)}>
          <button type="button" onClick={() => setGone(true)}>
            Take the opener away
          </button>
        </Dialog>
      )}
    </main>
  )
}

const show = (): void =>
  void render(
    <MantineProvider env="test">
      <Room />
    </MantineProvider>,
  )
const focused = (): string | null | undefined => document.activeElement?.textContent

test('a dialog gives the focus back to the button that opened it', async () => {
  const user = userEvent.setup()
  show()
  screen.getByRole('button', { name: 'Open' }).focus()
  await user.keyboard('{Enter}')
  await screen.findByRole('dialog')
  await waitFor(() => expect(focused()).not.toBe('Open'))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(focused()).toBe('Open'))
})

test('of a menu its button has the focus again: the item is gone', async () => {
  const user = userEvent.setup()
  show()
  await user.click(screen.getByRole('button', { name: 'More' }))
  const item = await screen.findByRole('menuitem', { name: 'Open from here' })
  item.focus()
  await user.keyboard('{Enter}')
  await screen.findByRole('dialog')
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
  await user.keyboard('{Escape}')
  await waitFor(() => expect(focused()).toBe('More'))
})

test('where the button is gone, the room has the focus', async () => {
  const user = userEvent.setup()
  show()
  screen.getByRole('button', { name: 'Open' }).focus()
  await user.keyboard('{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Take the opener away' }))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement?.id).toBe('main'))
})
