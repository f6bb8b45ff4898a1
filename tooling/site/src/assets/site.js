// What most readers come for is open in the navigation, until they close it.
try {
  for (const group of ["Guides", "Vendors"]) {
    const key = `tsd-accordion-${group}`;
    if (localStorage.getItem(key) === null) localStorage.setItem(key, "true");
  }
} catch {
  // A browser that keeps nothing shows the groups closed.
}
