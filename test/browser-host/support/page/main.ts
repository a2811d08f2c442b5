import '../../../../renderer/src/platform/no-eval.ts'
import { findPlatform, type Platform } from '../../../../renderer/src/platform/platform.ts'
import { styleNonce } from '../../../../renderer/src/platform/style-nonce.ts'

declare global {
  interface Window {
    platform: Platform
    nonce: string
  }
}

window.nonce = styleNonce()
window.platform = findPlatform()
