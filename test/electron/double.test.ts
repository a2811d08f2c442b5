import type * as Electron from 'electron'
import { expect, test } from 'vitest'
import * as double from './double.ts'

const OUR_OWN = [
  'FakeContents',
  'FakeUtilityProcess',
  'answers',
  'calls',
  'exposed',
  'forked',
  'handlers',
  'resetDouble',
  'switches',
]

/** Each name is one that Electron has: a missing one is an error of the compiler here. */
const stoodIn: readonly (keyof typeof Electron)[] = [
  'BrowserWindow',
  'Menu',
  'MessageChannelMain',
  'app',
  'contextBridge',
  'dialog',
  'ipcMain',
  'ipcRenderer',
  'nativeTheme',
  'protocol',
  'session',
  'shell',
  'utilityProcess',
  'webUtils',
]

test('stands in for names that Electron has, and for no other', () => {
  expect(Object.keys(double).sort()).toEqual([...stoodIn, ...OUR_OWN].sort())
})
