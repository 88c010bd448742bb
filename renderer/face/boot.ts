import { mainParts, showFace } from './face.ts';

/** A face that can't be painted by then is not waited for, in ms. */
const paintMs = 300;

// The face first, on the screen; then the program behind it, which keeps the window busy. Without a face it is all there is.
const isFaceShown = await showFace().catch(() => false);
if (isFaceShown) await Promise.race([painted(), new Promise((resolve) => setTimeout(resolve, paintMs))]);
const { script, styles } = mainParts();
await Promise.all(styles.map(addSheet));
await import(/* @vite-ignore */ script);

function painted(): Promise<void> {
  return new Promise((resolve) => {
    new PerformanceObserver((entries, observer) => {
      if (entries.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    }).observe({ type: 'paint', buffered: true });
  });
}

/** A sheet that does not come is done without: money can be taken on a plain page. */
function addSheet(address: string): Promise<void> {
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = address;
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => resolve());
    document.head.append(link);
  });
}
