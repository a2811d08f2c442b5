import { Menu } from '@mantine/core'
import { Check, ChevronDown, Save, SaveAll, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useNavigation } from '../../state/navigation.ts'
import { useScoreColumns } from '../../state/score-columns.ts'
import { useScoreList } from '../../state/score-list.ts'
import { applyView, isChanged, loadViews, removeView, saveView, useScoreViews } from '../../state/score-views.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ViewName } from './ViewName.tsx'

/** The kept views of the table: take one up, keep the one that is shown, let one go. */
export function ViewsMenu(): ReactNode {
  const { client } = useServices()
  const { views, viewId, isNaming } = useScoreViews()
  useEffect(() => perform(loadViews(client)), [client])
  // whether the view was changed is told from these
  useNavigation()
  useScoreColumns()
  useScoreList(state => `${state.sort} ${state.isDescending} ${state.isFilterOff} ${JSON.stringify(state.filter)}`)
  const shown = views.find(view => view.viewId === viewId) ?? null
  const isEdited = shown !== null && isChanged(shown)
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <button type="button" className="plain chip" aria-label={shown === null ? 'Views' : `View ${shown.name}`}>
            <span className="clip">{shown?.name ?? 'Views'}</span>
            {isEdited && <span className="muted">edited</span>}
            <ChevronDown size={12} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length > 0 && <Menu.Label>Saved in this project</Menu.Label>}
          {views.map(view => (
            <Menu.Item
              key={view.viewId}
              rightSection={<Check size={14} aria-hidden visibility={view === shown ? 'visible' : 'hidden'} />}
              onClick={() => perform(applyView(client, view))}
            >
              {view.name}
            </Menu.Item>
          ))}
          {views.length > 0 && <Menu.Divider />}
          {shown !== null && (
            <Menu.Item
              leftSection={<Save size={14} />}
              disabled={!isEdited}
              onClick={() => perform(saveView(client, shown.name, shown.viewId))}
            >
              Save
            </Menu.Item>
          )}
          <Menu.Item leftSection={<SaveAll size={14} />} onClick={() => useScoreViews.setState({ isNaming: true })}>
            Save as
          </Menu.Item>
          {shown !== null && (
            <Menu.Item
              leftSection={<Trash2 size={14} />}
              color="red"
              onClick={() => perform(removeView(client, shown.viewId))}
            >
              Remove from the project
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isNaming && <ViewName />}
    </>
  )
}
