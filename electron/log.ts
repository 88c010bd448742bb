import { join } from 'node:path';
import { app } from 'electron';
import log from 'electron-log/main';

// Rotated at 5 MB; names and amounts are never written to it.
log.transports.file.resolvePathFn = () => join(app.getPath('userData'), 'logs/sanduq.log');
log.transports.file.maxSize = 5 * 1024 * 1024;
log.transports.file.level = 'info';
log.transports.console.level = 'warn';

export { log };
