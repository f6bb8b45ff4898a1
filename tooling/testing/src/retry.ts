/** Retries after 1 ms, so that tests do not wait. */
export const fastRetry: { readonly minDelay: number; readonly maxDelay: number } = { minDelay: 1, maxDelay: 1 };
