// The parts of a volunteer's record that have forms of their own, in the order in which its page names them.
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import { get, post } from "../../../server/page.ts";
import type { Route } from "../../../server/page.ts";
import { address } from "../address.ts";
import { abilities } from "./abilities.ts";
import { agreements } from "./agreements.ts";
import { availability } from "./availability.ts";
import { checks } from "./checks.ts";
import { savePart, showPart } from "./part.ts";
import type { Part } from "./part.ts";
import { travel } from "./travel.ts";

const { method } = VolunteerService;
const needs = [method.getVolunteer, method.updateVolunteer];

const routesOf = <Typed>(part: Part<Typed>): readonly Route[] => [
  get(`${address}/edit/${part.id}`, needs, (visit) => showPart(visit, part)),
  post(`${address}/edit/${part.id}`, needs, (visit) => savePart(visit, part)),
];

export const partRoutes: readonly Route[] = [
  ...routesOf(availability),
  ...routesOf(abilities),
  ...routesOf(travel),
  ...routesOf(checks),
  ...routesOf(agreements),
];

/** Links to the forms of the record at `href`. */
export const partLinks = (href: string) =>
  [availability, abilities, travel, checks, agreements].map(({ id, title }) => ({ href: `${href}/edit/${id}`, title }));
