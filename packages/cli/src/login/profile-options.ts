/** The options of the command line that describe a profile. */
export interface ProfileOptions {
  readonly profile?: string;
  readonly url?: string;
  readonly username?: string;
  readonly ca?: string;
  readonly allowHttp?: true;
  readonly option?: readonly string[];
  readonly account?: string;
  readonly simulator?: true;
}
