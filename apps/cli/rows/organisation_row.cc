#include "apps/cli/rows/organisation_row.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "apps/cli/rows/cells.h"
#include "base/ids.h"
#include "base/resource_names.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

using registry::v1::Organisation;
using registry::v1::Verification;

const std::vector<FieldColumn>& Fields() {
  static const auto& fields = *new std::vector<FieldColumn>{
      {"centre", "centre"},
      {"display_name", "display_name"},
      {"kind", "kind"},
      {"identifiers", "identifiers"},
      {"accountable_body", "accountable_body"},
      {"income", "income"},
      {"places", "postcodes"},
      {"districts_served", "districts"},
      {"causes", "causes"},
      {"contact.person_name", "contact_name"},
      {"contact.email", "contact_email"},
      {"contact.phone", "contact_phone"},
      {"website", "website"},
      {"description", "description"},
  };
  return fields;
}

// The number of a register as an org-id.guide identifier: letters and digits behind `prefix`.
absl::StatusOr<std::string> RegisterNumber(absl::string_view text, absl::string_view prefix,
                                           std::size_t digits) {
  std::string number = absl::AsciiStrToUpper(text);
  for (const char c : number) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)))
      return CellFault(text, "is no number of a register");
  }
  // Spreadsheets drop the zeros that company numbers begin with.
  if (number.size() < digits) number.insert(0, digits - number.size(), '0');
  return absl::StrCat(prefix, number);
}

void ReadIdentity(RowReader& row, Organisation* organisation) {
  organisation->set_display_name(std::string(row.Cell("display_name")));
  if (organisation->display_name().empty()) row.Fault("display_name", "is needed");
  if (const auto kind = row.Read("kind", ParseEnum<Organisation::Kind>)) organisation->set_kind(*kind);
  if (!row.Has("kind")) row.Fault("kind", "is needed");
  for (const absl::string_view identifier : RowReader::SplitList(row.Cell("identifiers"))) {
    organisation->add_identifiers(std::string(identifier));
  }
  const auto charity = [](absl::string_view text) { return RegisterNumber(text, "GB-CHC-", 0); };
  constexpr std::size_t kCompanyNumberLength = 8;
  const auto company = [](absl::string_view text) {
    return RegisterNumber(text, "GB-COH-", kCompanyNumberLength);
  };
  if (const auto id = row.Read("charity_number", charity)) organisation->add_identifiers(*id);
  if (const auto id = row.Read("company_number", company)) organisation->add_identifiers(*id);
}

void ReadReach(RowReader& row, const Words& words, const DistrictNames& districts,
               Organisation* organisation) {
  for (const absl::string_view postcode : RowReader::SplitList(row.Cell("postcodes"))) {
    organisation->add_places()->set_postcode(std::string(postcode));
  }
  const auto district = [&](absl::string_view text) -> absl::StatusOr<std::string> {
    const auto found = districts.find(base::FoldCase(absl::StripPrefix(text, "districts/")));
    if (found == districts.end()) return CellFault(text, "is no district that is served");
    return found->second;
  };
  for (auto& name : row.ReadList("districts", district)) organisation->add_districts_served(std::move(name));
  for (auto& cause : row.ReadList("causes", [&](absl::string_view text) { return words.Cause(text); })) {
    organisation->add_causes(std::move(cause));
  }
}

void ReadVerification(RowReader& row, OrganisationRow* result) {
  if (const auto stage = row.Read("verification_stage", ParseEnum<Verification::Stage>))
    result->stage = *stage;
  result->evidence = std::string(row.Cell("verification_evidence"));
  if (result->stage == Verification::STAGE_UNVERIFIED) result->stage = Verification::STAGE_UNSPECIFIED;
  if (result->stage != Verification::STAGE_UNSPECIFIED && result->evidence.empty()) {
    row.Fault("verification_evidence", "is needed for this verification_stage: what was seen");
  }
  if (!row.Has("verification_stage") && !result->evidence.empty()) {
    row.Fault("verification_stage", "is needed beside verification_evidence");
  }
}

}  // namespace

const std::vector<Column>& OrganisationColumns() {
  static const auto& columns = *new std::vector<Column>{
      {"external_id", "Your own number for the row: not stored, but named in every report", "O-12"},
      {"display_name", "What it is called", "Ashford Foodbank", true},
      {"kind",
       "charity, cic, company, unconstituted-group, unincorporated-association, society, public-body, "
       "education, "
       "faith-body or other",
       "charity", true},
      {"identifiers", "Codes of org-id.guide", "GB-CHC-1001778", false, "identifiers"},
      {"charity_number", "Instead: the number at the Charity Commission", "", false, "identifiers"},
      {"company_number", "Instead: the number at Companies House", "", false, "identifiers"},
      {"accountable_body",
       "For an unconstituted group: who answers for it, by name, identifier or organisations/ID; may be a "
       "row of the "
       "same file",
       ""},
      {"income", "A year's, in whole pounds", "£48,500"},
      {"postcodes", "Where it works from", "TN23 1PL; TN24 8XX"},
      {"districts", "Districts served: names or codes", "Ashford; Swale"},
      {"causes", "Causes: id, label or synonym", "anti-poverty"},
      {"contact_name", "Whom to ask; this and the next two are for its managing centre only", "Jo Smith"},
      {"contact_email", "Their address for email", "jo@example.org"},
      {"contact_phone", "Their number", "01233 555 0199"},
      {"website", "An http or https address", "https://example.org"},
      {"description", "What it does", "Food for people in need."},
      {"centre", "The managing centre's id; empty: yours", ""},
      {"verification_stage", "unverified, contact-confirmed, register-checked, documents-seen or visited",
       "register-checked"},
      {"verification_evidence", "What was seen, in a few words", "Charity register, 2026-01-15"},
  };
  return columns;
}

OrganisationRow ReadOrganisationRow(RowReader& row, const Words& words, const DistrictNames& districts) {
  OrganisationRow result;
  Organisation& organisation = result.organisation;
  ReadIdentity(row, &organisation);
  result.accountable_body = std::string(row.Cell("accountable_body"));
  if (organisation.kind() == Organisation::KIND_UNCONSTITUTED_GROUP && result.accountable_body.empty()) {
    row.Fault("accountable_body", "is needed for an unconstituted group");
  }
  if (const auto income = row.Read("income", ParsePounds)) organisation.set_income(*income);
  ReadReach(row, words, districts, &organisation);
  auto* contact = organisation.mutable_contact();
  contact->set_person_name(std::string(row.Cell("contact_name")));
  contact->set_email(std::string(row.Cell("contact_email")));
  contact->set_phone(std::string(row.Cell("contact_phone")));
  organisation.set_website(std::string(row.Cell("website")));
  organisation.set_description(std::string(row.Cell("description")));
  if (row.Has("centre")) {
    const absl::string_view id = absl::StripPrefix(row.Cell("centre"), "centres/");
    if (!base::IsClientId(id)) row.Fault("centre", CellFault(id, "is no centre's id").message());
    organisation.set_centre(base::CentreName{std::string(id)}.Format());
  }
  ReadVerification(row, &result);
  return result;
}

std::string OrganisationColumnOf(absl::string_view field) {
  return ColumnOfField(Fields(), "organisation", field);
}

}  // namespace brokerage::cli
