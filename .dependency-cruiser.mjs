/** The building, in one list: a room may use the rooms before it, never those after it. */
const ROOMS = [
  'lib',
  'schema',
  'contract',
  'import',
  'identity',
  'features',
  'score',
  'route',
  'pipeline',
  'simulate',
  'export',
  'store',
  'app',
]
const core = names => `^core/(${names.join('|')})/`
const PURE = ROOMS.filter(room => room !== 'store' && room !== 'app')
const only = (module, from) => ({
  name: `only-${from.replaceAll(/[^a-z]+/g, '-')}-uses-${module}`,
  severity: 'error',
  from: { pathNot: `^(${from}|test|bench)/` },
  to: { path: `node_modules/${module}/` },
})

export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...ROOMS.slice(0, -1).map((room, i) => ({
      name: `${room}-uses-earlier-rooms-only`,
      severity: 'error',
      from: { path: core([room]) },
      to: { path: core(ROOMS.slice(i + 1)) },
    })),
    { name: 'pure-rooms-do-no-io', severity: 'error', from: { path: core(PURE) }, to: { dependencyTypes: ['core'] } },
    {
      name: 'store-is-for-app-only',
      severity: 'error',
      from: { path: '^core/', pathNot: core(['store', 'app']) },
      to: { path: '^core/store/' },
    },
    {
      name: 'core-knows-no-host',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(electron|renderer|browser-host|cli|test|bench)/' },
    },
    {
      name: 'renderer-sees-the-contract-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^core/', pathNot: core(['lib', 'schema', 'contract']) },
    },
    {
      name: 'renderer-knows-no-host',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|browser-host|cli)/' },
    },
    {
      name: 'ui-knows-neither-domain-nor-state',
      severity: 'error',
      from: { path: '^renderer/src/ui/' },
      to: { path: '^(core/(schema|contract)|renderer/src/(state|views|client|platform))/' },
    },
    {
      name: 'enter-a-room-by-its-door',
      severity: 'error',
      // Threads take side doors, `#import/reader` and `#identity/pair-worker`: what is behind the others they would only wait for.
      from: { path: '^core/([^/]+)/', pathNot: '^core/app/(reader|pair)-thread-entry\\.ts$' },
      to: { path: '^core/[^/]+/(?!index\\.ts$)', pathNot: '^core/($1|lib|schema|contract)/' },
    },
    {
      name: 'hosts-enter-core-by-app-contract-and-vocabulary',
      severity: 'error',
      from: { path: '^(electron|browser-host|cli)/' },
      to: { path: '^core/', pathNot: '^core/((lib|schema|contract)/|app/index\\.ts$)' },
    },
    only('better-sqlite3', 'core/store'),
    only('papaparse', 'core/import'),
    only('electron', 'electron'),
    only('react', 'renderer'),
    only('zustand', 'renderer'),
    only('commander', 'cli'),
    only('tldts', 'core/lib'),
    {
      name: 'no-orphan',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.d\\.ts|config\\.ts|\\.mjs)$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|bench/\\.peers|bench/\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
