/** Packages that no bundle holds: native, or reading files of their own. */
export const loadedAtRunTime = [
  'better-sqlite3',
  '@napi-rs/canvas',
  'koffi',
  'node-thermal-printer',
  'serialport',
];
