// What a credential can be limited to: the scopes that the contract's methods declare.
import { getOption } from "@bufbuild/protobuf";

import { access } from "#protos/brokerage/common/v1/access_pb";
import { AdminService } from "#protos/brokerage/matching/v1/admin_service_pb";
import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";
import { ReportService } from "#protos/brokerage/matching/v1/report_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

const services = [
  VolunteerService,
  OpportunityService,
  MatchingService,
  ReferralService,
  ReportService,
  OrganisationService,
  CentreService,
  ReferenceService,
  AdminService,
];

/** In alphabetical order. What needs no credential has none. */
export const allScopes: readonly string[] = [
  ...new Set(services.flatMap(({ methods }) => methods.map((method) => getOption(method, access).scope))),
]
  .filter((scope) => scope !== "")
  .sort();
