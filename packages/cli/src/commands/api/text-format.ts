import { escapeControls } from "../../command-line/escape-controls.ts";

/** Changes text for a terminal, piece by piece. The result contains no control characters of the vendor. */
export interface TextFormat {
  write(text: string): string;
}

/** Leaves text as it is, except control characters. */
export const escaped: TextFormat = { write: escapeControls };
