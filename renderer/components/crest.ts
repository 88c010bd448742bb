import crestUrl from '../../resources/crest.svg?no-inline';
import iconUrl from '../../resources/icon.svg?no-inline';

/** Our own drawings, served as files: the page's policy needs no data URLs for them. */
export const crest = crestUrl;
export const icon = iconUrl;
