import { mainScript, showFace } from './face.ts';

/** A face that can't be painted by then is not waited for, in ms. */
const paintMs = 300;

// The face first, on the screen; then the program behind it, which keeps the window busy.
if (await showFace()) await Promise.race([painted(), new Promise((resolve) => setTimeout(resolve, paintMs))]);
await import(/* @vite-ignore */ mainScript());

function painted(): Promise<void> {
  return new Promise((resolve) => {
    new PerformanceObserver((entries, observer) => {
      if (entries.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    }).observe({ type: 'paint', buffered: true });
  });
}
