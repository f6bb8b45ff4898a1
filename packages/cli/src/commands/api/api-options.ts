/** The options of `vms api`, as the command line gives them. */
export interface ApiOptions {
  readonly method?: string;
  readonly rawField?: readonly string[];
  readonly field?: readonly string[];
  readonly input?: string;
  readonly header?: readonly string[];
  readonly raw?: true;
  readonly output?: string;
  readonly include?: true;
  readonly paginate?: true;
}
