export default {
  // One worker makes the number of logins known.
  experimental: { cpus: 1, turbopackFileSystemCacheForBuild: false },
  // The packages are links to the repository.
  turbopack: { root: "/" },
};
