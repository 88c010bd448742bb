import { rmSync } from 'node:fs';
import { makeTemplatesFolder } from './municipalities.ts';

/** Around a whole run of tests, of units and end to end alike. */
export default function setUp(): () => void {
  const folder = makeTemplatesFolder();
  return () => rmSync(folder, { recursive: true, force: true });
}
