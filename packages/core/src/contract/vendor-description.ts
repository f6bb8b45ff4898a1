/**
 * What programs such as a command line need to know about a vendor. It contains no secret.
 * @typeParam Own the names of the vendor's own options, besides `baseUrl`.
 */
export interface VendorDescription<Own extends string = string> {
  /** The vendor's name in its package name: `"acme"` for `@vms/acme`. */
  readonly vendor: string;
  readonly title: string;
  /** The default of the option `baseUrl`, or an example if each customer has its own address. */
  readonly baseUrl: { readonly default: string } | { readonly example: string };
  /** A path that every account may GET without side effects. */
  readonly firstCall: string;
  /** How to tell, without credentials, that a server is another product. Absent: unknown. */
  readonly probe?: VendorProbe;
  readonly options: Readonly<Record<Own, OptionDescription>>;
  /** The cookies that carry a session. The option `cookies` needs one of them. Absent: sessions are not cookies. */
  readonly sessionCookies?: readonly string[];
  /** Whether `logout()` ends the session at the vendor. */
  readonly signsOut: boolean;
  /**
   * Whether the flow reads response bodies to detect an expired session. A proxy must then request uncompressed ones.
   */
  readonly readsBodies?: boolean;
  /** How the vendor paginates long lists. Absent: it does not. */
  readonly pages?: PageDescription;
  /**
   * Returns whether a login with these options sends no password. Absent: every login sends one.
   * @example
   * if (!describe.passwordOptional?.(options)) console.log("Enter the password.");
   */
  passwordOptional?(options: Readonly<Record<string, unknown>>): boolean;
}

/** A GET request without credentials, and the expected response. */
export interface VendorProbe {
  /** The path below the base URL. It exists on all of the vendor's servers, so the status is never 404. */
  readonly path: string;
  /**
   * A pattern in the response body. `"documented"`: JSON without it is from another product. `"assumed"`: a match is
   * from this vendor, but a mismatch means nothing. Absent: unknown.
   */
  readonly body?: { readonly pattern: RegExp; readonly evidence: "documented" | "assumed" };
}

/** How a vendor paginates long lists. */
export interface PageDescription {
  /** The response member that holds the page's items. */
  readonly items: string;
  /**
   * The members that lead to the next page's cursor, outermost first. The value may be a URL with the cursor in its
   * query, whose host must not be called. It is `null` on the last page.
   */
  readonly next: readonly string[];
  readonly parameter: string;
}

/** How a person can enter an option's value as text. */
export interface OptionDescription {
  /**
   * The form of the value. `"list"` is a list of texts and `"json"` an object. `"file"` is a path that is read at each
   * login. Only a program can set `"code"`.
   */
  readonly type: "text" | "flag" | "list" | "json" | "file" | "secret" | "code";
  /** Absent for secrets and code. */
  readonly example?: string;
  /** The path of a call that lists the possible values. Absent: none. */
  readonly listedAt?: string;
}
