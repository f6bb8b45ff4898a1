export default {
  cacheComponents: true,
  partialPrefetching: true,
  experimental: { cpus: 1, turbopackFileSystemCacheForBuild: false },
  turbopack: { root: "/" },
  // `WITH_REFUSED` adds a page that Next.js refuses to prerender.
  pageExtensions: process.env.WITH_REFUSED === "1" ? ["jsx", "refused.jsx"] : ["jsx"],
};
