// The table that ties each limit to the fields that it is for.

#include "base/limits.h"
#include "services/rpc/validate.h"

namespace brokerage::rpc {
namespace {

using Kind = FieldLimit::Kind;
using namespace base;  // NOLINT: the table is a list of their constants

#define COMMON "brokerage.common.v1."
#define MATCHING "brokerage.matching.v1."
#define REGISTRY "brokerage.registry.v1."

std::vector<FieldLimit> CommonRows() {
  return {
      {COMMON "WeeklyWindow.day_of_week", Kind::kRequired},
      {COMMON "WeeklyWindow.start_time", Kind::kRequired},
      {COMMON "WeeklyWindow.end_time", Kind::kRequired},
      {COMMON "TimeOfDay.hours", Kind::kRange, 0, 24},
      {COMMON "TimeOfDay.minutes", Kind::kRange, 0, 59},
      {COMMON "Date.year", Kind::kFree},  // dates are checked whole
      {COMMON "Date.month", Kind::kFree},
      {COMMON "Date.day", Kind::kFree},
      {COMMON "Place.postcode", Kind::kBytes, 0, kMaxPostcodeBytes},
      {COMMON "Place.latitude", Kind::kRange, -90, 90},
      {COMMON "Place.longitude", Kind::kRange, -180, 180},
      {COMMON "Place.district", Kind::kOutputOnly},
      {COMMON "Place.precision", Kind::kOutputOnly},
      {COMMON "RequiredCheck.level", Kind::kRequired},
      {COMMON "RequiredCheck.workforces", Kind::kUniqueItems, 0, kMaxCheckItems},
      {COMMON "RequiredCheck.barred_lists", Kind::kUniqueItems, 0, kMaxCheckItems},
      {COMMON "RequiredCheck.eligibility_basis", Kind::kUniqueItems, 0, kMaxCheckItems},
      {COMMON "HeldCheck.level", Kind::kRequired},
      {COMMON "HeldCheck.workforces", Kind::kUniqueItems, 0, kMaxCheckItems},
      {COMMON "HeldCheck.barred_lists", Kind::kUniqueItems, 0, kMaxCheckItems},
      {COMMON "HeldCheck.issue_date", Kind::kRequired},
      {COMMON "HeldCheck.expire_date", Kind::kFree},
      {COMMON "HeldCheck.update_service", Kind::kFree},
      {COMMON "HeldCheck.seen_by", Kind::kBytes, 0, kMaxPersonNameBytes},
      {COMMON "HeldLicence.kind", Kind::kRequired},
      {COMMON "HeldLicence.expire_date", Kind::kFree},
  };
}

std::vector<FieldLimit> VolunteerRows() {
  return {
      {MATCHING "Volunteer.name", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "Volunteer.display_name", Kind::kBytes, 1, kMaxDisplayNameBytes},
      {MATCHING "Volunteer.state", Kind::kOutputOnly},
      {MATCHING "Volunteer.contact", Kind::kFree},
      {MATCHING "Volunteer.date_of_birth", Kind::kFree},
      {MATCHING "Volunteer.home", Kind::kFree},
      {MATCHING "Volunteer.travel_radius_m", Kind::kRange, 0, kMaxTravelRadiusM},
      {MATCHING "Volunteer.accepts_remote", Kind::kFree},
      {MATCHING "Volunteer.skills", Kind::kItems, 0, kMaxHeldSkills},
      {MATCHING "Volunteer.availability", Kind::kFree},
      {MATCHING "Volunteer.causes", Kind::kUniqueItems, 0, kMaxCauses},
      {MATCHING "Volunteer.languages", Kind::kUniqueItems, 0, kMaxLanguages},
      {MATCHING "Volunteer.licences", Kind::kItems, 0, kMaxLicences},
      {MATCHING "Volunteer.checks", Kind::kItems, 0, kMaxChecks},
      {MATCHING "Volunteer.access_needs", Kind::kUniqueItems, 0, kMaxAccessNeeds},
      {MATCHING "Volunteer.sharing", Kind::kFree},
      {MATCHING "Volunteer.placement_limit", Kind::kRange, 1, kMaxPlacementLimit},
      {MATCHING "Volunteer.consents", Kind::kItems, 0, kMaxConsents},
      {MATCHING "Volunteer.notes", Kind::kLines, 0, kMaxNotesBytes},
      {MATCHING "Volunteer.last_contact_time", Kind::kFree},
      {MATCHING "Volunteer.break_until_date", Kind::kOutputOnly},
      {MATCHING "Volunteer.create_time", Kind::kOutputOnly},
      {MATCHING "Volunteer.update_time", Kind::kOutputOnly},
      {MATCHING "Volunteer.etag", Kind::kBytes, 0, kMaxEtagBytes},
      {MATCHING "Volunteer.consistency_token", Kind::kOutputOnly},
      {MATCHING "Volunteer.possible_duplicates", Kind::kOutputOnly},
      {MATCHING "Contact.given_name", Kind::kBytes, 0, kMaxPersonNameBytes},
      {MATCHING "Contact.family_name", Kind::kBytes, 0, kMaxPersonNameBytes},
      {MATCHING "Contact.email", Kind::kBytes, 0, kMaxEmailBytes},
      {MATCHING "Contact.phone", Kind::kBytes, 0, kMaxPhoneBytes},
      {MATCHING "Contact.postcode", Kind::kBytes, 0, kMaxPostcodeBytes},
      {MATCHING "Contact.address_lines", Kind::kItems, 0, kMaxAddressLines},
      {MATCHING "HeldSkill.skill", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "HeldSkill.level", Kind::kRange, kMinLevel, kMaxLevel},
      {MATCHING "Availability.weekly", Kind::kItems, 0, kMaxWindows},
      {MATCHING "Availability.exceptions", Kind::kItems, 0, kMaxExceptions},
      {MATCHING "AvailabilityException.start_time", Kind::kRequired},
      {MATCHING "AvailabilityException.end_time", Kind::kRequired},
      {MATCHING "AvailabilityException.kind", Kind::kRequired},
      {MATCHING "Consent.purpose", Kind::kRequired},
      {MATCHING "Consent.given_time", Kind::kRequired},
      {MATCHING "Consent.withdrawn_time", Kind::kFree},
  };
}

std::vector<FieldLimit> OpportunityRows() {
  return {
      {MATCHING "Opportunity.name", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "Opportunity.organisation", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "Opportunity.title", Kind::kBytes, 1, kMaxTitleBytes},
      {MATCHING "Opportunity.description", Kind::kLines, 0, kMaxDescriptionBytes},
      {MATCHING "Opportunity.place", Kind::kFree},
      {MATCHING "Opportunity.remote", Kind::kFree},
      {MATCHING "Opportunity.skills", Kind::kItems, 0, kMaxWantedSkills},
      {MATCHING "Opportunity.schedule", Kind::kFree},
      {MATCHING "Opportunity.minimum_coverage_bp", Kind::kRange, 0, kMaxBasisPoints},
      {MATCHING "Opportunity.places", Kind::kRange, 1, kMaxVacancies},
      {MATCHING "Opportunity.places_filled", Kind::kOutputOnly},
      {MATCHING "Opportunity.minimum_age", Kind::kRange, 0, kMaxAge},
      {MATCHING "Opportunity.maximum_age", Kind::kRange, 0, kMaxAge},
      {MATCHING "Opportunity.guardian_consent", Kind::kFree},
      {MATCHING "Opportunity.required_check", Kind::kFree},
      {MATCHING "Opportunity.licences", Kind::kUniqueItems, 0, kMaxRequiredLicences},
      {MATCHING "Opportunity.languages", Kind::kUniqueItems, 0, kMaxRequiredLanguages},
      {MATCHING "Opportunity.causes", Kind::kUniqueItems, 0, kMaxOpportunityCauses},
      {MATCHING "Opportunity.access_support", Kind::kUniqueItems, 0, kMaxAccessNeeds},
      {MATCHING "Opportunity.sharing", Kind::kFree},
      {MATCHING "Opportunity.state", Kind::kOutputOnly},
      {MATCHING "Opportunity.confirm_time", Kind::kOutputOnly},
      {MATCHING "Opportunity.expire_time", Kind::kOutputOnly},
      {MATCHING "Opportunity.reject_reason", Kind::kOutputOnly},
      {MATCHING "Opportunity.create_time", Kind::kOutputOnly},
      {MATCHING "Opportunity.update_time", Kind::kOutputOnly},
      {MATCHING "Opportunity.delete_time", Kind::kOutputOnly},
      {MATCHING "Opportunity.etag", Kind::kBytes, 0, kMaxEtagBytes},
      {MATCHING "Opportunity.consistency_token", Kind::kOutputOnly},
      {MATCHING "WantedSkill.skill", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "WantedSkill.level", Kind::kRange, kMinLevel, kMaxLevel},
      {MATCHING "WantedSkill.importance", Kind::kRange, kMinLevel, kMaxLevel},
      {MATCHING "WantedSkill.required", Kind::kFree},
      {MATCHING "Schedule.weekly", Kind::kFree},
      {MATCHING "Schedule.dated", Kind::kFree},
      {MATCHING "Schedule.flexible", Kind::kFree},
      {MATCHING "WeeklySchedule.windows", Kind::kItems, 1, kMaxWindows},
      {MATCHING "DatedSchedule.sessions", Kind::kItems, 0, kMaxSessions},
      {MATCHING "DatedSchedule.recurrence", Kind::kFree},
      {MATCHING "Recurrence.dtstart", Kind::kRequired},
      {MATCHING "Recurrence.duration", Kind::kRequired},
      {MATCHING "Recurrence.rrule", Kind::kBytes, 1, kMaxRruleBytes},
      {MATCHING "Recurrence.exdates", Kind::kItems, 0, kMaxExdates},
      {MATCHING "Recurrence.time_zone", Kind::kBytes, 0, kMaxCodeBytes},
      {MATCHING "Session.start_time", Kind::kRequired},
      {MATCHING "Session.duration", Kind::kRequired},
      {MATCHING "FlexibleSchedule.minutes_per_week", Kind::kRange, 1, kMinutesPerWeek},
      {MATCHING "FlexibleSchedule.minimum_block_minutes", Kind::kRange, 1, kMinutesPerWeek},
      {MATCHING "FlexibleSchedule.windows", Kind::kItems, 0, kMaxWindows},
  };
}

std::vector<FieldLimit> WeightSetRows() {
  return {
      {MATCHING "WeightSet.name", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "WeightSet.display_name", Kind::kBytes, 0, kMaxDisplayNameBytes},
      {MATCHING "WeightSet.skills", Kind::kRange, 0, kMaxWeight},
      {MATCHING "WeightSet.location", Kind::kRange, 0, kMaxWeight},
      {MATCHING "WeightSet.availability", Kind::kRange, 0, kMaxWeight},
      {MATCHING "WeightSet.causes", Kind::kRange, 0, kMaxWeight},
      {MATCHING "WeightSet.alpha_bp", Kind::kRange, 0, kMaxBasisPoints},
      {MATCHING "WeightSet.create_time", Kind::kOutputOnly},
      {MATCHING "WeightSet.etag", Kind::kOutputOnly},
      {MATCHING "WeightSet.consistency_token", Kind::kOutputOnly},
  };
}

std::vector<FieldLimit> OrganisationRows() {
  return {
      {REGISTRY "Organisation.name", Kind::kBytes, 0, kMaxResourceNameBytes},
      {REGISTRY "Organisation.centre", Kind::kBytes, 0, kMaxResourceNameBytes},
      {REGISTRY "Organisation.display_name", Kind::kBytes, 1, kMaxTitleBytes},
      {REGISTRY "Organisation.kind", Kind::kRequired},
      {REGISTRY "Organisation.identifiers", Kind::kUniqueItems, 0, kMaxIdentifiers},
      {REGISTRY "Organisation.accountable_body", Kind::kBytes, 0, kMaxResourceNameBytes},
      {REGISTRY "Organisation.income", Kind::kRange, 0, kMaxIncome},
      {REGISTRY "Organisation.size_band", Kind::kOutputOnly},
      {REGISTRY "Organisation.places", Kind::kItems, 0, kMaxPlaces},
      {REGISTRY "Organisation.districts_served", Kind::kUniqueItems, 0, kMaxDistricts},
      {REGISTRY "Organisation.causes", Kind::kUniqueItems, 0, kMaxCauses},
      {REGISTRY "Organisation.verification", Kind::kOutputOnly},
      {REGISTRY "Organisation.contact", Kind::kFree},
      {REGISTRY "Organisation.website", Kind::kBytes, 0, kMaxUrlBytes},
      {REGISTRY "Organisation.description", Kind::kLines, 0, kMaxNotesBytes},
      {REGISTRY "Organisation.state", Kind::kOutputOnly},
      {REGISTRY "Organisation.suspend_reason", Kind::kOutputOnly},
      {REGISTRY "Organisation.create_time", Kind::kOutputOnly},
      {REGISTRY "Organisation.update_time", Kind::kOutputOnly},
      {REGISTRY "Organisation.delete_time", Kind::kOutputOnly},
      {REGISTRY "Organisation.etag", Kind::kBytes, 0, kMaxEtagBytes},
      {REGISTRY "Organisation.consistency_token", Kind::kOutputOnly},
      {REGISTRY "OrganisationContact.person_name", Kind::kBytes, 0, kMaxDisplayNameBytes},
      {REGISTRY "OrganisationContact.email", Kind::kBytes, 0, kMaxEmailBytes},
      {REGISTRY "OrganisationContact.phone", Kind::kBytes, 0, kMaxPhoneBytes},
      {REGISTRY "RecordVerificationRequest.stage", Kind::kRequired},
      {REGISTRY "RecordVerificationRequest.evidence", Kind::kLines, 1, kMaxEvidenceBytes},
      {REGISTRY "SuspendOrganisationRequest.reason", Kind::kLines, 1, kMaxReasonBytes},
  };
}

std::vector<FieldLimit> CentreRows() {
  return {
      {REGISTRY "Centre.name", Kind::kBytes, 0, kMaxResourceNameBytes},
      {REGISTRY "Centre.display_name", Kind::kBytes, 1, kMaxDisplayNameBytes},
      {REGISTRY "Centre.districts", Kind::kUniqueItems, 0, kMaxDistricts},
      {REGISTRY "Centre.lead", Kind::kOutputOnly},
      {REGISTRY "Centre.create_time", Kind::kOutputOnly},
      {REGISTRY "Centre.update_time", Kind::kOutputOnly},
      {REGISTRY "Centre.etag", Kind::kBytes, 0, kMaxEtagBytes},
      {REGISTRY "Centre.consistency_token", Kind::kOutputOnly},
      {REGISTRY "Credential.name", Kind::kBytes, 0, kMaxResourceNameBytes},
      {REGISTRY "Credential.display_name", Kind::kBytes, 1, kMaxDisplayNameBytes},
      {REGISTRY "Credential.role", Kind::kRequired},
      {REGISTRY "Credential.scopes", Kind::kUniqueItems, 0, kMaxScopes},
      {REGISTRY "Credential.expire_time", Kind::kFree},
      {REGISTRY "Credential.state", Kind::kOutputOnly},
      {REGISTRY "Credential.create_time", Kind::kOutputOnly},
      {REGISTRY "Credential.revoke_time", Kind::kOutputOnly},
      {REGISTRY "Credential.secret", Kind::kOutputOnly},
      {REGISTRY "Credential.etag", Kind::kOutputOnly},
      {REGISTRY "Credential.consistency_token", Kind::kOutputOnly},
      {REGISTRY "CreateCentreRequest.centre_id", Kind::kBytes, 1, kMaxClientIdBytes},
  };
}

// What requests have besides their resource.
std::vector<FieldLimit> RequestRows() {
  return {
      {MATCHING "CreateVolunteerRequest.volunteer", Kind::kResource},
      {MATCHING "UpdateVolunteerRequest.volunteer", Kind::kResource},
      {MATCHING "CreateOpportunityRequest.opportunity", Kind::kResource},
      {MATCHING "UpdateOpportunityRequest.opportunity", Kind::kResource},
      {MATCHING "MatchVolunteersRequest.opportunity", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "MatchVolunteersRequest.draft", Kind::kResource},
      {MATCHING "MatchVolunteersRequest.explain", Kind::kFree},
      {MATCHING "MatchVolunteersRequest.include_counts", Kind::kFree},
      {MATCHING "MatchVolunteersRequest.require_access_support", Kind::kFree},
      {MATCHING "MatchOpportunitiesRequest.volunteer", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "MatchOpportunitiesRequest.explain", Kind::kFree},
      {MATCHING "MatchOpportunitiesRequest.include_counts", Kind::kFree},
      {MATCHING "MatchOpportunitiesRequest.require_access_support", Kind::kFree},
      {MATCHING "ExplainMatchRequest.volunteer", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "ExplainMatchRequest.opportunity", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "SuggestRelaxationsRequest.opportunity", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "SuggestRelaxationsRequest.volunteer", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "SuggestRelaxationsRequest.require_access_support", Kind::kFree},
      {MATCHING "WatchMatchesRequest.opportunity", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "WatchMatchesRequest.limit", Kind::kRange, 0, kMaxWatchedMatches},
      {MATCHING "WatchMatchesRequest.require_access_support", Kind::kFree},
      {MATCHING "SearchOpportunitiesRequest.centre", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "SearchOpportunitiesRequest.near", Kind::kBytes, 0, kMaxPostcodeBytes},
      {MATCHING "SearchOpportunitiesRequest.radius_m", Kind::kRange, 1, kMaxSearchRadiusM},
      {MATCHING "SearchOpportunitiesRequest.text", Kind::kBytes, 0, kMaxSearchTextBytes},
      {MATCHING "SearchOpportunitiesRequest.causes", Kind::kUniqueItems, 0, kMaxOpportunityCauses},
      {MATCHING "SearchOpportunitiesRequest.when", Kind::kItems, 0, kMaxWindows},
      {MATCHING "SearchOpportunitiesRequest.remote", Kind::kFree},
      {MATCHING "GetDistrictCoverageRequest.cause", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "GetDistrictCoverageRequest.skill", Kind::kBytes, 0, kMaxResourceNameBytes},
      {MATCHING "CreateWeightSetRequest.weight_set", Kind::kResource},
      {MATCHING "RejectOpportunityRequest.reason", Kind::kLines, 1, kMaxReasonBytes},
      {MATCHING "PauseVolunteerRequest.until_date", Kind::kFree},
      {MATCHING "ShortlistVolunteerRequest.volunteer", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "ShortlistVolunteerRequest.opportunity", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "RecordConsentRequest.means", Kind::kRequired},
      {MATCHING "RecordConsentRequest.given_time", Kind::kFree},
      {MATCHING "EndPlacementRequest.reason", Kind::kRequired},
      {MATCHING "DeclineReferralRequest.reason", Kind::kRequired},
      {MATCHING "DeclineReferralRequest.declined_by", Kind::kRequired},
      {MATCHING "AddNoteRequest.note", Kind::kLines, 1, kMaxReferralNoteBytes},
      {MATCHING "CreateBackupRequest.backup_id", Kind::kBytes, 0, kMaxClientIdBytes},
      {REGISTRY "CreateBackupRequest.backup_id", Kind::kBytes, 0, kMaxClientIdBytes},
      {REGISTRY "CreateOrganisationRequest.organisation", Kind::kResource},
      {REGISTRY "UpdateOrganisationRequest.organisation", Kind::kResource},
      {REGISTRY "CreateCentreRequest.centre", Kind::kResource},
      {REGISTRY "UpdateCentreRequest.centre", Kind::kResource},
      {REGISTRY "CreateCredentialRequest.credential", Kind::kResource},
      {REGISTRY "ResolveTermRequest.term", Kind::kBytes, 1, kMaxTermBytes},
      {REGISTRY "ResolveTermRequest.kinds", Kind::kUniqueItems, 0, kMaxTermKinds},
      {REGISTRY "ResolvePlaceRequest.postcode", Kind::kBytes, 1, kMaxPostcodeBytes},
      // Fields that mean the same in every request: looked up by "*" and their name.
      {"*.parent", Kind::kBytes, 1, kMaxResourceNameBytes},
      {"*.name", Kind::kBytes, 1, kMaxResourceNameBytes},
      {"*.etag", Kind::kBytes, 0, kMaxEtagBytes},
      {"*.request_id", Kind::kBytes, 0, kMaxRequestIdBytes},
      {"*.validate_only", Kind::kFree},
      {"*.show_deleted", Kind::kFree},
      {"*.update_mask", Kind::kFree},
      {"*.page_size", Kind::kRange, 0, INT32_MAX},
      {"*.page_token", Kind::kBytes, 0, kMaxPageTokenBytes},
      {"*.filter", Kind::kBytes, 0, kMaxFilterBytes},
      {"*.order_by", Kind::kBytes, 0, kMaxOrderByBytes},
      {"*.note", Kind::kLines, 0, kMaxReferralNoteBytes},
      {"*.weight_set", Kind::kBytes, 0, kMaxResourceNameBytes},
      {"*.at_least_as_fresh", Kind::kBytes, 0, kMaxTokenBytes},
      {"*.resume_revision", Kind::kBytes, 0, kMaxTokenBytes},
      {"google.protobuf.FieldMask.paths", Kind::kItems, 0, kMaxMaskPaths},
  };
}

// The size of each item of a list of strings, looked up by "[]" behind the list's name.
std::vector<FieldLimit> ItemRows() {
  return {
      {MATCHING "Volunteer.causes[]", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "Volunteer.languages[]", Kind::kBytes, 1, kMaxCodeBytes},
      {MATCHING "Volunteer.access_needs[]", Kind::kBytes, 1, kMaxCodeBytes},
      {MATCHING "Contact.address_lines[]", Kind::kBytes, 0, kMaxAddressLineBytes},
      {MATCHING "Opportunity.languages[]", Kind::kBytes, 1, kMaxCodeBytes},
      {MATCHING "Opportunity.causes[]", Kind::kBytes, 1, kMaxResourceNameBytes},
      {MATCHING "Opportunity.access_support[]", Kind::kBytes, 1, kMaxCodeBytes},
      {MATCHING "SearchOpportunitiesRequest.causes[]", Kind::kBytes, 1, kMaxResourceNameBytes},
      {REGISTRY "Organisation.identifiers[]", Kind::kBytes, 1, kMaxIdentifierBytes},
      {REGISTRY "Organisation.districts_served[]", Kind::kBytes, 1, kMaxResourceNameBytes},
      {REGISTRY "Organisation.causes[]", Kind::kBytes, 1, kMaxResourceNameBytes},
      {REGISTRY "Centre.districts[]", Kind::kBytes, 1, kMaxResourceNameBytes},
      {REGISTRY "Credential.scopes[]", Kind::kBytes, 1, kMaxScopeBytes},
      {"google.protobuf.FieldMask.paths[]", Kind::kBytes, 1, kMaxResourceNameBytes},
  };
}

#undef COMMON
#undef MATCHING
#undef REGISTRY

}  // namespace

const std::vector<FieldLimit>& FieldLimits() {
  static const std::vector<FieldLimit> table = [] {
    std::vector<FieldLimit> rows;
    for (auto part : {CommonRows(), VolunteerRows(), OpportunityRows(), WeightSetRows(), OrganisationRows(),
                      CentreRows(), RequestRows(), ItemRows()}) {
      rows.insert(rows.end(), part.begin(), part.end());
    }
    return rows;
  }();
  return table;
}

}  // namespace brokerage::rpc
