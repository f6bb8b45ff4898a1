/**
 * Keeps a request out of a Next.js page render (guarantee 11): no caching, no dynamic page, no delay during
 * prerendering. Other runtimes ignore it.
 */
export const OUTSIDE_RENDERING: object = { next: { internal: true } };
