import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef0fc',
  '#dfe3f9',
  '#c0c8f2',
  '#9fabeb',
  '#8492e4',
  '#7180df',
  '#5a6ad6',
  '#4a5ac9',
  '#3d4cb3',
  '#2f3c96',
]
const gray: MantineColorsTuple = [
  '#fafafb',
  '#f3f3f5',
  '#e8e8ec',
  '#d5d5dc',
  '#b4b4be',
  '#8b8b96',
  '#656571',
  '#4d4d57',
  '#2f2f36',
  '#1a1a1f',
]
const dark: MantineColorsTuple = [
  '#ededf0',
  '#b6b6c0',
  '#9a9aa6',
  '#6f6f7a',
  '#3b3b42',
  '#29292e',
  '#202024',
  '#151517',
  '#101012',
  '#0b0b0d',
]
const red: MantineColorsTuple = [
  '#fdf1f0',
  '#fadcda',
  '#f4bab6',
  '#ec938d',
  '#e36f67',
  '#dc544b',
  '#d13f36',
  '#c2322a',
  '#b3261e',
  '#8f1c16',
]

export const theme = createTheme({
  colors: { accent, gray, dark, red },
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-code)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, multiline: true, maw: 320, withArrow: false, offset: 6 } },
    Menu: { defaultProps: { shadow: 'md', offset: 4 } },
    Popover: { defaultProps: { shadow: 'md', offset: 4 } },
    // the page itself never scrolls, and the lock would write a style element without the nonce
    Modal: {
      defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.3 }, transitionProps: { duration: 120 } },
    },
  },
})

/** Hands our tokens to Mantine, so that its parts and ours sit on the same greys. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default': 'var(--ground)',
    '--mantine-color-default-hover': 'var(--ground-hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-gray-light-color': 'var(--ink-2)',
    '--mantine-color-gray-light-hover': 'var(--ground-hover)',
    '--mantine-color-accent-light-color': 'var(--accent)',
  },
  light: {},
  dark: {},
})
