import type { ShellApi } from '../platform/shell-api.ts'

/** Shows where a written file is; a browser, which cannot, downloads it. */
export async function handOver(shell: ShellApi, exportToken: string, name: string): Promise<void> {
  if (shell.revealFolder !== null) await shell.revealFolder(exportToken)
  else if (shell.downloadUrl !== null) follow(shell.downloadUrl(exportToken, name), name)
}

/** The browser fetches what a link names. */
function follow(href: string, name: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}
