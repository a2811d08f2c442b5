import { create } from 'zustand'
import type { Client } from '#contract/contract'
import { readModel } from './model-document.ts'
import { editModel, type Lint } from './model-editor.ts'

/** The text that is edited by hand; null: the document as it is. */
type JsonText = Readonly<{ text: string | null; lint: Lint | null }>

const EMPTY: JsonText = { text: null, lint: null }

export const useModelJson = create<JsonText>()(() => EMPTY)
let latest = 0

export const setJsonText = (text: string | null): void => useModelJson.setState({ text, lint: null })

/** Takes the text as the draft where it is a model; else says what is wrong with it. */
export async function takeJsonText(client: Pick<Client, 'model.lint' | 'model.keepDraft'>): Promise<void> {
  const { text } = useModelJson.getState()
  if (text === null) return
  const question = ++latest
  const lint = await client['model.lint']({ json: text })
  if (question !== latest) return
  const document = lint.isValid ? readModel(text) : null
  if (document === null) {
    useModelJson.setState({ lint })
    return
  }
  setJsonText(null)
  await editModel(client, () => document)
}
