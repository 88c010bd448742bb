// Builds main, the preload and the window, and each of them again whenever one of its sources is saved. Tells its parent
// the name of each part that was built.
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';

const { config } = await resolveConfig({ root: process.cwd(), logLevel: 'warn' }, 'build', 'production');
for (const part of ['main', 'preload', 'renderer']) {
  const settings = config[part];
  const watcher = await build({ ...settings, configFile: false, build: { ...settings.build, watch: {} } });
  await new Promise((resolve) => {
    watcher.on('event', ({ code, error }) => {
      if (code === 'ERROR') console.error(error);
      if (code !== 'END') return;
      process.send(part);
      resolve();
    });
  });
}
