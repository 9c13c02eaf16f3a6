// All that can be imported.
import type { Visit } from "../../../server/page.ts";
import type { Kind, KindId } from "./kind.ts";
import { opportunities } from "./opportunities.ts";
import { organisations } from "./organisations.ts";
import { volunteers } from "./volunteers.ts";

const kinds: Readonly<Record<KindId, Kind>> = { volunteers, organisations, opportunities };

/** Those that the person may import. */
export const kindsFor = (visit: Visit): readonly Kind[] =>
  Object.values(kinds).filter(({ needs }) => needs.every((method) => visit.may(method)));

/** The kind of that name, if the person may import it. */
export const kindFor = (visit: Visit, id: string): Kind | undefined => kindsFor(visit).find((kind) => kind.id === id);
