/** Returns the error of a session's login. */
export async function loginError(session: { login(): Promise<unknown> }): Promise<unknown> {
  return session.login().then(
    () => new Error("the login succeeded"),
    (error: unknown) => error,
  );
}

/** Returns the error that `run` throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return new Error("nothing was thrown");
}
