export default {
  // With one worker, the number of logins is predictable.
  experimental: { cpus: 1, turbopackFileSystemCacheForBuild: false },
  // The packages are linked to the repository.
  turbopack: { root: "/" },
};
