/** What kind of picture a file begins as; null for none that a page can show. */
export function pictureType(file: Uint8Array): 'image/png' | 'image/jpeg' | 'image/svg+xml' | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const start = bytes.subarray(0, 512).toString('latin1');
  if (start.startsWith('\x89PNG\r\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  const isDrawing = /^[^<]{0,40}<(?:\?xml|!--|svg)/.test(start) && bytes.includes('<svg');
  return isDrawing ? 'image/svg+xml' : null;
}

/** For a page or the window; null for what is no picture. */
export function pictureUrl(file: Uint8Array): string | null {
  const type = pictureType(file);
  return type === null ? null : `data:${type};base64,${Buffer.from(file).toString('base64')}`;
}
