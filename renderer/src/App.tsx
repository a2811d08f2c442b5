import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import type { Platform } from './platform/platform.ts'
import { styleNonce } from './platform/style-nonce.ts'
import { theme, variables } from './theme.ts'
import { Shell } from './views/Shell/Shell.tsx'
import { ServicesProvider } from './views/services.tsx'

type Props = Readonly<{ platform: Platform }>

export function App({ platform }: Props): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <ServicesProvider platform={platform}>
        <Shell />
        <Notifications position="bottom-right" limit={4} containerWidth={380} notificationMaxHeight={640} />
      </ServicesProvider>
    </MantineProvider>
  )
}
