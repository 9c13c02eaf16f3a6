// What a service refused, said in the form that asked for it.
import { addFaults } from "../../forms/form.ts";
import type { FieldMap, FormErrors } from "../../forms/form.ts";
import type { Failure } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";

const invalid = 422;
const conflict = 409;
const unavailable = 503;

/** Why a step is not possible from here, in words; undefined for a reason that is not known. */
export function refusalText({ reason }: Failure, incomplete: string): string | undefined {
  if (reason === "RECORD_INCOMPLETE") return incomplete;
  return (texts.steps.refused as Readonly<Record<string, string>>)[reason];
}

/** Adds to `errors` what was refused, and answers the page's status; undefined for what a form cannot say. */
export function sayRefusal(
  errors: FormErrors,
  failure: Failure | undefined,
  map: FieldMap,
  incomplete = "",
): number | undefined {
  switch (failure?.kind) {
    case "invalid":
      addFaults(errors, failure, map);
      return invalid;
    case "unavailable":
    case "busy":
      errors.add("", texts.errors.unavailable.form);
      return unavailable;
    case "not-allowed":
      errors.add("", refusalText(failure, incomplete) ?? failure.message);
      return conflict;
    default:
      return undefined;
  }
}
