// The steps of a volunteer from state to state.
import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import { centreOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import type { Stepped, StepsOf } from "../shared/steps.ts";
import { nameOf } from "./address.ts";

const t = texts.volunteers.steps;
const { method } = VolunteerService;
const { ENQUIRY, REGISTERED, SEARCHING, PLACED, ON_BREAK } = Volunteer_State;

export const stepped = ({ name, etag, state, displayName }: Volunteer): Stepped => ({
  name,
  etag,
  state,
  centre: centreOf(name),
  title: displayName,
});

export const volunteerSteps: StepsOf = {
  list: { text: texts.volunteers.title, href: "/volunteers" },
  incomplete: t.incomplete,
  read: async (visit) => stepped(await visit.clients.volunteers.getVolunteer({ name: nameOf(visit) })),
  steps: {
    register: {
      method: method.registerVolunteer,
      from: [ENQUIRY],
      call: ({ volunteers }, request) => volunteers.registerVolunteer(request),
      words: t.register,
    },
    activate: {
      method: method.activateVolunteer,
      from: [REGISTERED],
      call: ({ volunteers }, request) => volunteers.activateVolunteer(request),
      words: t.activate,
    },
    pause: {
      method: method.pauseVolunteer,
      from: [SEARCHING],
      asks: "date",
      call: ({ volunteers }, request, { date }) =>
        volunteers.pauseVolunteer({ ...request, ...(date === undefined ? {} : { untilDate: date }) }),
      words: t.pause,
    },
    resume: {
      method: method.resumeVolunteer,
      from: [ON_BREAK],
      call: ({ volunteers }, request) => volunteers.resumeVolunteer(request),
      words: t.resume,
    },
    leave: {
      method: method.markVolunteerLeft,
      from: [ENQUIRY, REGISTERED, SEARCHING, PLACED, ON_BREAK],
      asks: "confirm",
      call: ({ volunteers }, request) => volunteers.markVolunteerLeft(request),
      words: t.leave,
    },
  },
};
