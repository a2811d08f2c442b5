import { beforeEach, expect, test } from 'vitest'
import { changeStage, textOf } from '../../../renderer/src/state/model-document.ts'
import {
  documentOf,
  editModel,
  isOvertaken,
  loadModelEditor,
  rebaseOf,
  takeRebase,
  useModelEditor,
} from '../../../renderer/src/state/model-editor.ts'
import { fakeClient } from '../support/fake-client.ts'

beforeEach(() => useModelEditor.setState(useModelEditor.getInitialState(), true))

/** A draft with another threshold, overtaken by a model with these. */
async function overtaken(stages: object) {
  const client = fakeClient()
  await loadModelEditor(client)
  await editModel(client, document => changeStage(document, 'hot', 90))
  const inForce = useModelEditor.getState().base
  if (inForce === null) throw new Error('no model is in force')
  await client['model.apply']({ json: textOf({ ...inForce, stages: { ...inForce.stages, ...stages } }) })
  await loadModelEditor(client)
  expect(isOvertaken(useModelEditor.getState())).toBe(true)
  const rebase = await rebaseOf(client)
  if (rebase === null) throw new Error('nothing to take over')
  return { client, rebase }
}

test.each([
  { why: 'has all of it and more is no draft any more', stages: { hot: 90, pql: 70 }, draft: null },
  { why: 'changed elsewhere is still a draft', stages: { pql: 70 }, draft: { pql: 70, hot: 90 } },
])('a draft that takes over what $why', async ({ stages, draft }) => {
  const { client, rebase } = await overtaken(stages)
  await takeRebase(client, rebase)
  const state = useModelEditor.getState()
  const kept = await client['model.draft']({})
  expect(isOvertaken(state)).toBe(false)
  if (draft === null) expect([state.draft, state.draftBase, kept.json, kept.baseHash]).toEqual([null, null, null, null])
  else {
    expect(documentOf(state)?.stages).toMatchObject(draft)
    expect([state.draft === null, state.draftBase, kept.baseHash]).toEqual([false, rebase.hash, rebase.hash])
  }
})

test('what is no model is not taken over, and says so', async () => {
  const { client, rebase } = await overtaken({ pql: 70 })
  const before = useModelEditor.getState()
  await expect(takeRebase(client, { ...rebase, json: '{}' })).rejects.toThrow('not of the shape of a model')
  expect(useModelEditor.getState()).toEqual(before)
})
