// What the page keeps of the person's choices in this browser; storage may be full or forbidden.

export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // In force until the page is closed.
  }
}
