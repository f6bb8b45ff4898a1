/**
 * Keeps a request out of a Next.js page render (guarantee 11). It is not cached, does not make the page dynamic, and is
 * not delayed during prerendering. Other runtimes ignore it.
 */
export const OUTSIDE_RENDERING: object = { next: { internal: true } };
