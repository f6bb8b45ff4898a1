export default {
  cacheComponents: true,
  partialPrefetching: true,
  experimental: { cpus: 1, turbopackFileSystemCacheForBuild: false },
  turbopack: { root: "/" },
  // `WITH_UNCACHED` adds the page that cannot be prerendered.
  pageExtensions: process.env.WITH_UNCACHED === "1" ? ["jsx", "uncached.jsx"] : ["jsx"],
};
