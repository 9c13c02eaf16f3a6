// Organisations by what a cell calls them.
import type { Clients } from "../../../services/clients.ts";
import { filterOf } from "../../../services/filter.ts";
import { found } from "../../../services/reference.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { cellFault } from "../cells/row.ts";
import type { Row } from "../cells/row.ts";
import { folded } from "../cells/words.ts";

const t = texts.import.cells;

/** Longer names that begin alike are found too; there are not so many. */
const mostAlike = 200;

/** The organisations that have this name or identifier, whatever its case. */
export async function organisationsBy(
  clients: Clients,
  field: "display_name" | "identifier",
  text: string,
): Promise<readonly string[]> {
  const filter = filterOf([{ field, op: ":", value: text }]);
  const answer = await found(() => clients.organisations.listOrganisations({ filter, pageSize: mostAlike }));
  const wanted = folded(text);
  return (answer?.organisations ?? [])
    .filter((one) =>
      (field === "display_name" ? [one.displayName] : one.identifiers).some((value) => folded(value) === wanted),
    )
    .map(({ name }) => name);
}

/** Finds each organisation that cells name once, for all rows of a file. */
export class Organisations {
  private readonly known = new Map<string, Promise<string>>();

  constructor(private readonly clients: Clients) {}

  /** The organisation of that name or identifier, or of the services' own name. */
  find(text: string): Promise<string> {
    const key = folded(text);
    let name = this.known.get(key);
    if (name === undefined) {
      name = this.look(text);
      this.known.set(key, name);
      // What was not found may be there when it is looked for again.
      name.catch(() => this.known.delete(key));
    }
    return name;
  }

  private async look(text: string): Promise<string> {
    if (text.startsWith("organisations/")) return text;
    const called = await organisationsBy(this.clients, "display_name", text);
    const [name, another] = called.length > 0 ? called : await organisationsBy(this.clients, "identifier", text);
    if (name === undefined) throw cellFault(text, t.noOrganisation);
    if (another !== undefined) throw cellFault(text, t.severalOrganisations);
    return name;
  }
}

/** The organisation that a cell names; empty when it names none. */
export async function readOrganisation(row: Row, column: string, organisations: Organisations): Promise<string> {
  const [name = ""] = await row.lookedUp(column, async (text) => [await organisations.find(text)]);
  return name;
}
