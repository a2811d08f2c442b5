import { AppError, ERROR_CODES, type ErrorCode } from '#lib/errors'
import type { HandedFile, ShellApi, ShellCallName, ShellInput, ShellOutput, UploadProgress } from './shell-api.ts'

/** The shell of the browser host: files are copied to it, projects and exports live in its data folder. */
export function browserShell(): ShellApi {
  const takeFiles: ShellApi['takeFiles'] = async (files, onProgress) => {
    const taken: HandedFile[] = []
    for (const file of files) taken.push(await upload(file, onProgress))
    return taken
  }
  return {
    kind: 'browser',
    chooseFiles: async onProgress => takeFiles(await pickFiles(), onProgress),
    takeFiles,
    releaseFiles: async tokens => void (await ask('files.release', { tokens: [...tokens] })),
    sampleFiles: () => ask('sample.files', {}),
    initialProject: () => ask('project.initial', {}),
    listProjects: () => ask('project.list', {}),
    newProject: name => ask('project.new', { name }),
    chooseProject: null,
    newExport: project => ask('export.new', { project }),
    downloadUrl: (token, file) =>
      `/file/${encodeURIComponent(token)}/${file.split('/').map(encodeURIComponent).join('/')}`,
    revealFolder: null,
  }
}

async function ask<N extends ShellCallName>(name: N, input: ShellInput<N>): Promise<ShellOutput<N>> {
  const response = await reach(`/shell/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return (await answerOf(response)) as ShellOutput<N> // the host answers by the same map of calls
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw new AppError('transport/closed', 'the host of this page does not answer; start it again', {}, { cause })
  }
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.ok) return await response.json()
  throw errorOf(response.status, await response.text())
}

/** `fetch` cannot tell how far an upload is, so this is an XMLHttpRequest. */
function upload(file: File, onProgress: ((progress: UploadProgress) => void) | undefined): Promise<HandedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = event =>
      onProgress?.({ name: file.name, done: event.loaded, total: Math.max(event.total, file.size) })
    request.onerror = () =>
      reject(new AppError('transport/closed', `${file.name} could not be sent to the host`, { file: file.name }))
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as HandedFile)
      else reject(errorOf(request.status, request.responseText))
    }
    request.open('PUT', `/upload?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}

function errorOf(status: number, text: string): AppError {
  const body = parsed(text)
  const code = ERROR_CODES.find((known): known is ErrorCode => known === body.code)
  return new AppError(code ?? 'internal', body.message ?? `the host refused the request (HTTP ${status})`, {})
}

function parsed(text: string): Readonly<{ code?: string; message?: string }> {
  try {
    return JSON.parse(text) as Readonly<{ code?: string; message?: string }>
  } catch {
    return {}
  }
}

function pickFiles(): Promise<readonly File[]> {
  return new Promise(resolve => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true })
    input.addEventListener('cancel', () => resolve([]), { once: true })
    input.click()
  })
}
