/**
 * Guarantee 11: an option that only Next.js reads. A request with it is no part of the page that is being rendered: it is not
 * cached, does not make the page dynamic, and is not held back while the page is prerendered. Other runtimes ignore it.
 */
export const OUTSIDE_RENDERING: object = { next: { internal: true } };
