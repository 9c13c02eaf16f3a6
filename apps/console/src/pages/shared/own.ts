// Whose a record is: who may not change it is told so before a form is shown, and not only when it is sent.
import type { DescMethod } from "@bufbuild/protobuf";

import { Forbidden, OthersRecord } from "../../server/page.ts";
import type { Visit } from "../../server/page.ts";
import { mayCall, mayChange } from "../../services/access.ts";
import { pageOf } from "../../services/names.ts";

/**
 * Ends the visit unless the person may call `method` on the record `name`, which belongs to `centre`.
 * @throws Forbidden @throws OthersRecord
 */
export function requireChange(visit: Visit, method: DescMethod, name: string, centre: string): void {
  const { caller } = visit.session;
  if (!mayCall(caller, method)) throw new Forbidden();
  if (!mayChange(caller, method, centre)) throw new OthersRecord(pageOf(name));
}
