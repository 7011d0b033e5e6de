import { registerHooks } from 'node:module';

// Node reads a package's package.json again for each ES module of the package. drizzle-orm has some hundred modules
// and a package.json of 180 KB: a second of every start and 180 MB of garbage. Its modules name each other by
// relative paths, for which that file is not needed. Load this before anything that loads drizzle-orm.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/')
      ? { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
      : next(specifier, context),
});
