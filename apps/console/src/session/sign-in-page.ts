// The page that asks for a credential, and the one that goes on with a form after it.
import type { Page } from "../server/page.ts";
import { tokenField } from "../server/csrf.ts";
import type { Form } from "../forms/form.ts";
import { FormErrors } from "../forms/form.ts";

/** What someone wanted to do before signing in. */
export interface Wanted {
  /** Where they were going: a path of ours. */
  readonly to: string;
  /** Whether a session of theirs has ended. */
  readonly ended?: boolean;
  /** The form that they sent. */
  readonly kept?: Form | undefined;
  /** Whether they sent a form that could not be kept. */
  readonly lost?: boolean;
}

const keptPrefix = "kept.";

/** The form as hidden fields, each under a name of its own kind, so that none is taken for the sign-in form's. */
function keptFields(form: Form | undefined) {
  return (form?.pairs() ?? [])
    .filter(({ name }) => name !== tokenField)
    .map(({ name, value }) => ({ name: `${keptPrefix}${name}`, value }));
}

/** The form that the sign-in page carried along; undefined when it carried none. */
export function keptForm(form: Form): readonly { readonly name: string; readonly value: string }[] | undefined {
  const fields = form
    .pairs()
    .filter(({ name }) => name.startsWith(keptPrefix))
    .map(({ name, value }) => ({ name: name.slice(keptPrefix.length), value }));
  return fields.length === 0 ? undefined : fields;
}

/** A path of this site; anything else is the start page. */
export function safePath(path: string): string {
  return /^\/(?![/\\])[^\\\s]*$/.test(path) && !path.startsWith("/sign-") ? path : "/";
}

export function signInPage(wanted: Wanted, errors = new FormErrors(), status = 200): Page {
  return {
    view: "session/sign-in.njk",
    model: {
      to: safePath(wanted.to),
      ended: wanted.ended ?? false,
      lost: wanted.lost ?? false,
      kept: keptFields(wanted.kept),
      errors,
    },
    status,
  };
}
