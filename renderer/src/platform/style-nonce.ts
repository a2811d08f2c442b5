/** The nonce that the host allows style elements with (Mantine's `getStyleNonce`); empty where no host set one. */
export function styleNonce(): string {
  return document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? ''
}
