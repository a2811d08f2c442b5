import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { chooseCheck, showHealthTab } from '../../state/health.ts'
import { go } from '../../state/navigation.ts'
import { loadSandboxes, useSandboxes } from '../../state/routing-sandboxes.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Says where workspaces are routed whose name alone tells a sandbox, and leads to what can be done about it. */
export function SandboxNote(): ReactNode {
  const { client } = useServices()
  const named = useSandboxes(state => state.named)
  useEffect(() => perform(loadSandboxes(client)), [client])
  if (named === null || named === 0) return null
  const open = (): void => {
    showHealthTab('checks')
    chooseCheck('sandbox_by_name')
    go('health')
  }
  return (
    <p className="sandbox-note">
      <TriangleAlert size={14} aria-hidden />
      <span>
        {counted(named, 'workspace is', 'workspaces are')} named like a test or a demo and routed as real: rule 1 goes
        by workspace type.
      </span>
      <button type="button" className="plain text-button" onClick={open}>
        Show them in Data health
      </button>
    </p>
  )
}
