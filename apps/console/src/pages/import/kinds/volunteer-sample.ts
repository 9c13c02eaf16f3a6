// A volunteer of a file as they would be recorded.
import type { Volunteer, Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";

import { languages } from "../../../services/vocabulary.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { consentPurposes, licenceKinds, sharings, volunteerStates } from "../../../texts/en-GB/words.ts";
import { dateText, dayText } from "../../shared/dates.ts";
import { section } from "../../shared/sections.ts";
import type { Section } from "../../shared/sections.ts";
import { milesText, nameIn } from "../../shared/terms.ts";
import { weekInWords } from "../../shared/week.ts";
import type { Source } from "./kind.ts";

const t = texts.volunteers.profile;

export async function volunteerSample(
  volunteer: Volunteer,
  state: Volunteer_State,
  { words }: Source,
): Promise<readonly Section[]> {
  const [skills, causes] = await words.names();
  const { contact, home, travelRadiusM, sharing } = volunteer;
  return [
    section(volunteer.displayName, [
      [texts.lists.state, volunteerStates[state].text],
      [t.email, contact?.email],
      [t.phone, contact?.phone],
      [t.postcode, contact?.postcode],
      [t.birth, dateText(volunteer.dateOfBirth)],
      [t.home, home?.postcode],
      [t.travel, travelRadiusM === undefined ? "" : milesText(travelRadiusM)],
      [t.remote, volunteer.acceptsRemote ? t.yes : ""],
      [texts.volunteers.skills, volunteer.skills.map(({ skill }) => nameIn(skills, skill))],
      [t.causes, volunteer.causes.map((cause) => nameIn(causes, cause))],
      [t.languages, volunteer.languages.map((language) => nameIn(languages, language))],
      [t.licences, volunteer.licences.map(({ kind }) => licenceKinds[kind])],
      [t.week, weekInWords(volunteer.availability?.weekly ?? []).map(({ day, times }) => `${day} ${times}`)],
      [t.sharing, sharings[sharing === Sharing.COUNTY ? Sharing.COUNTY : Sharing.CENTRE]],
      [
        t.consents,
        volunteer.consents.map(({ purpose, givenTime }) =>
          t.consented(consentPurposes[purpose], dayText(givenTime), ""),
        ),
      ],
    ]),
  ];
}
