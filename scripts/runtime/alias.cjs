// For the runtime for tests only (Electron 33): the product's better-sqlite3 needs a newer Node-API and would bring
// the whole program down there. Loaded by NODE_OPTIONS, so that main, worker threads and utility processes all have
// it: the same name then means the version whose binding was built for that Electron.
const Module = require('node:module');
const path = require('node:path');

const aliased = 'better-sqlite3-electron33';
const binding = path.join(__dirname, 'better_sqlite3.node');

if (process.versions.electron?.startsWith('33.')) {
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    if (request === 'better-sqlite3') return load.call(this, aliased, parent, isMain);
    const isAsking = parent?.filename?.includes(`${path.sep}${aliased}${path.sep}`) === true;
    // That version finds its binding by the package `bindings`, which looks for one it compiled itself.
    if (request === 'bindings' && isAsking) return () => load.call(this, binding, parent, false);
    return load.call(this, request, parent, isMain);
  };
}
