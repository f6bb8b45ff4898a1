/**
 * What a program such as a command line needs to know about a vendor to offer it to people. It contains no secret.
 * `Own` has the names of the options that only this vendor has, besides `baseUrl`.
 */
export interface VendorDescription<Own extends string = string> {
  /** The vendor as in the package name: `"acme"` for `@vms/acme`. */
  readonly vendor: string;
  /** The product's name as people know it. */
  readonly title: string;
  /** The default of the option `baseUrl`, or an example if each customer has its own address. */
  readonly baseUrl: { readonly default: string } | { readonly example: string };
  /** The path of a harmless GET request that every account may send. */
  readonly firstCall: string;
  /** How to notice, without credentials, that a server is another product. Absent: it is not known. */
  readonly probe?: VendorProbe;
  /** The options that only this vendor has, by name. */
  readonly options: Readonly<Record<Own, OptionDescription>>;
  /** The cookies that carry a session. One of them is enough for the option `cookies`. Absent: sessions are not cookies. */
  readonly sessionCookies?: readonly string[];
  /** Whether `logout()` ends the session at the vendor. */
  readonly signsOut: boolean;
  /** Whether the flow reads bodies of responses to notice an expired session. A proxy must then not ask for compressed ones. */
  readonly readsBodies?: boolean;
  /** How the vendor splits long lists into pages. Absent: no list is split. */
  readonly pages?: PageDescription;
  /**
   * Returns whether a login with these options sends no password. Absent: every login sends one.
   * @example
   * if (!describe.passwordOptional?.(options)) console.log("Enter the password.");
   */
  passwordOptional?(options: Readonly<Record<string, unknown>>): boolean;
}

/** A GET request without credentials, and what the vendor's servers respond to it. */
export interface VendorProbe {
  /** The path, below the base URL. Every server of the vendor has it, so the status is never 404. */
  readonly path: string;
  /**
   * What the body of the response contains. `"documented"`: JSON without it is not from this vendor. `"assumed"`: a body with
   * it is from this vendor, but its absence says nothing. Absent: nothing is known.
   */
  readonly body?: { readonly pattern: RegExp; readonly evidence: "documented" | "assumed" };
}

/** How a vendor splits long lists into pages, if it does. */
export interface PageDescription {
  /** The member of a response with the items of the page. */
  readonly items: string;
  /**
   * Where a response has the next page, from the outer member to the inner one. The value is a cursor, or a URL with the
   * cursor in its query; `null` on the last page. Never call the host of that URL.
   */
  readonly next: readonly string[];
  /** The query parameter with the cursor. */
  readonly parameter: string;
}

/** How a person can enter the value of an option as text. */
export interface OptionDescription {
  /**
   * The form of the value. `"flag"` is true or false, `"list"` is a list of texts, and `"json"` is an object. `"file"` is a
   * path that is read at each login. `"code"` means that only a program can set the option.
   */
  readonly type: "text" | "flag" | "list" | "json" | "file" | "secret" | "code";
  /** An example of a value. Absent for secrets and code. */
  readonly example?: string;
  /** The path of a call that lists the possible values. Absent: there is none. */
  readonly listedAt?: string;
}
