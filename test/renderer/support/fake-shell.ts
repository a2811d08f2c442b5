import type { ShellApi } from '../../../renderer/src/platform/shell-api.ts'
import { AS_OF } from './fake-row.ts'

/** A host that hands out tokens for nothing. */
export function fakeShell(kind: ShellApi['kind'] = 'browser'): ShellApi {
  const place = { token: 'project', name: 'Sample', folder: '/home/ana/PQL projects' }
  return {
    kind,
    chooseFiles: async () => [{ token: 'token-users.csv', name: 'users.csv', bytes: 182_000 }],
    takeFiles: async files => files.map(file => ({ token: `token-${file.name}`, name: file.name, bytes: file.size })),
    releaseFiles: async () => undefined,
    sampleFiles: async () => [{ token: 'token-events', name: 'events.jsonl.gz', bytes: 5_200_000 }],
    initialProject: async () => null,
    listProjects: async () => [
      {
        token: 'p1',
        name: 'Q2 pipeline review',
        folder: '/home/ana/PQL projects',
        changedAt: AS_OF - 86_400_000,
        bytes: 24_100_000,
      },
      {
        token: 'p2',
        name: 'EMEA trial cohort',
        folder: '/home/ana/PQL projects',
        changedAt: AS_OF - 9 * 86_400_000,
        bytes: 8_400_000,
      },
    ],
    newProject: async () => place,
    chooseProject: null,
    newExport: async () => ({ token: 'export', folder: '/home/ana/PQL exports/Sample 2026-05-31' }),
    downloadUrl: (token, file) => `/file/${token}/${file}`,
    revealFolder: null,
  }
}
