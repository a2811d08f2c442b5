/** Where the app is served from; nothing else may be loaded into its window. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://workbench`
export const APP_PAGE = `${APP_ORIGIN}/`

/** Names of the messages between preload and main. */
export const CONNECT = 'pql:connect'
export const SHELL = 'pql:shell'
export const TAKE_FILE = 'pql:take-file'
export const ENGINE_PORT = 'pql:engine-port'
export const ENGINE_STOPPED = 'pql:engine-stopped'
