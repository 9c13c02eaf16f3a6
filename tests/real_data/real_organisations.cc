#include "tests/real_data/real_organisations.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/csv.h"
#include "base/errors.h"
#include "reference/districts.h"
#include "reference/postcode.h"
#include "services/rpc/validate.h"

namespace brokerage::real_data {
namespace {

using registry::v1::Organisation;

constexpr absl::string_view kLeadCentre = "centres/ashford";

constexpr std::array<const char*, 9> kColumns = {"org_id", "name",  "active", "postcode",  "district_code",
                                                 "income", "ukcat", "web",    "activities"};
enum Column : std::size_t {
  kOrgId,
  kName,
  kActive,
  kPostcode,
  kDistrict,
  kIncome,
  kUkcat,
  kWeb,
  kActivities
};

// The UK-CAT categories that say what a charity is for, as our causes.
std::optional<absl::string_view> CauseOfCategory(absl::string_view category) {
  static const auto& causes =
      *new std::map<absl::string_view, absl::string_view>{{"AN", "animal-welfare"},
                                                          {"AR", "arts-and-culture"},
                                                          {"CC", "youth-and-children"},
                                                          {"CJ", "crime-safety"},
                                                          {"EC", "local-community"},
                                                          {"ED", "education-languages"},
                                                          {"EN", "environment"},
                                                          {"HE", "health"},
                                                          {"HO", "housing"},
                                                          {"HR", "heritage"},
                                                          {"LE", "sport-outdoor-activities"},
                                                          {"RL", "religion-faith"},
                                                          {"SC", "care"},
                                                          {"SW", "anti-poverty"}};
  const auto found = causes.find(category);
  if (found == causes.end()) return std::nullopt;
  return found->second;
}

void AddCauses(absl::string_view ukcat, Organisation& organisation) {
  for (const absl::string_view code : absl::StrSplit(ukcat, ';', absl::SkipEmpty())) {
    const auto cause = CauseOfCategory(code.substr(0, 2));
    if (!cause) continue;
    const std::string name = absl::StrCat("causes/", *cause);
    bool seen = false;
    for (const std::string& other : organisation.causes()) seen = seen || other == name;
    if (!seen) organisation.add_causes(name);
  }
}

struct ReadRow {
  RealOrganisation result;
  std::vector<std::string> reasons;
};

ReadRow ReadCharity(const std::vector<std::string>& row, const reference::PlaceIndex& places) {
  ReadRow read;
  read.result.key = row[kOrgId];
  Organisation& organisation = read.result.organisation;
  organisation.set_display_name(row[kName]);
  organisation.set_kind(Organisation::KIND_CHARITY);
  organisation.add_identifiers(row[kOrgId]);
  if (row[kActive] != "True") read.reasons.emplace_back("active: no longer registered");

  const auto postcode = reference::Postcode::Parse(row[kPostcode]);
  if (!postcode) {
    read.reasons.push_back(absl::StrCat("postcode: cannot read \"", row[kPostcode], "\""));
  } else if (!places.Resolve(*postcode)) {
    read.reasons.push_back(absl::StrCat("postcode: \"", row[kPostcode], "\" is not known here"));
  } else {
    organisation.add_places()->set_postcode(row[kPostcode]);
  }
  const reference::District* district = reference::KentDistricts().FindByCode(row[kDistrict]);
  organisation.set_centre(district == nullptr ? std::string(kLeadCentre)
                                              : absl::StrCat("centres/", district->id));
  if (district != nullptr) organisation.add_districts_served(absl::StrCat("districts/", district->code));

  double income = 0;
  if (row[kIncome].empty()) {
    // not known
  } else if (absl::SimpleAtod(row[kIncome], &income) && income >= 0 && income < 1e12) {
    organisation.set_income(static_cast<int64_t>(std::floor(income)));
  } else {
    read.reasons.push_back(absl::StrCat("income: cannot read \"", row[kIncome], "\""));
  }
  AddCauses(row[kUkcat], organisation);
  if (!row[kWeb].empty()) {
    organisation.set_website(absl::StartsWith(row[kWeb], "http") ? row[kWeb]
                                                                 : absl::StrCat("http://", row[kWeb]));
  }
  organisation.set_description(row[kActivities]);

  base::Violations violations;
  rpc::CheckMessage(organisation, "", violations);
  for (const auto& [field, description] : violations.fields()) {
    read.reasons.push_back(absl::StrCat(field, ": ", description));
  }
  return read;
}

}  // namespace

absl::StatusOr<RealOrganisations> ReadCharities(absl::string_view csv, const reference::PlaceIndex& places) {
  RealOrganisations all;
  absl::Status status;
  std::optional<std::array<std::size_t, kColumns.size()>> columns;
  base::ReadCsv(csv, [&](const base::CsvRow& row) {
    if (!columns) {
      const base::CsvHeader header(row.fields);
      columns.emplace();
      for (std::size_t i = 0; i < kColumns.size(); ++i) {
        const auto found = header.Find(kColumns[i]);
        if (!found) {
          status = absl::InvalidArgumentError(absl::StrCat("no column ", kColumns[i]));
          return false;
        }
        (*columns)[i] = *found;
      }
      return true;
    }
    std::vector<std::string> fields;
    for (const std::size_t column : *columns)
      fields.push_back(column < row.fields.size() ? row.fields[column] : "");
    ReadRow read = ReadCharity(fields, places);
    if (!row.fault.empty()) read.reasons = {row.fault};
    if (read.reasons.empty()) {
      all.organisations.push_back(std::move(read.result));
    } else {
      all.refused.push_back({"charities", fields[kOrgId], std::move(read.reasons)});
    }
    return true;
  });
  if (!status.ok()) return status;
  return all;
}

std::vector<RealOrganisation> OrganisationsOf(const std::vector<RealRole>& roles) {
  std::vector<RealOrganisation> organisations;
  std::map<std::string, std::size_t> index;
  for (const RealRole& role : roles) {
    const auto [found, added] = index.emplace(role.organisation_key, organisations.size());
    if (added) {
      RealOrganisation result;
      result.key = role.organisation_key;
      result.organisation.set_centre(role.centre);
      result.organisation.set_display_name(role.organisation_name);
      result.organisation.set_kind(Organisation::KIND_OTHER);
      if (role.opportunity.has_place()) *result.organisation.add_places() = role.opportunity.place();
      organisations.push_back(std::move(result));
    }
    if (role.organisation_suspended) organisations[found->second].suspended = true;
  }
  return organisations;
}

}  // namespace brokerage::real_data
