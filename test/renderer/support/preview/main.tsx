import { createRoot } from 'react-dom/client'
import { App } from '../../../../renderer/src/App.tsx'
import '../../../../renderer/src/styles/index.css'
import { fakeClient } from '../fake-client.ts'
import { fakeShell } from '../fake-shell.ts'

const query = new URLSearchParams(window.location.search)
const is = (name: string, otherwise: boolean): boolean => (query.get(name) ?? String(otherwise)) === 'true'

const client = fakeClient({
  units: Number(query.get('units') ?? 600),
  isOpen: is('open', true),
  isImported: is('imported', true),
  isScored: is('scored', true),
  isStale: is('stale', false),
  isChecked: is('checked', true),
  isContradicting: is('contradicting', false),
  jobMs: Number(query.get('jobMs') ?? 300),
})
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App platform={{ client, shell: fakeShell() }} />)
