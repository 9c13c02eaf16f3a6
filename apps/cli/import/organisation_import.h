// Imports organisations: created, then verified as far as each row says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/cli/import/import_kind.h"
#include "apps/cli/import/organisation_lookup.h"
#include "apps/cli/rows/organisation_row.h"

namespace brokerage::cli {

class OrganisationImport final : public ImportKind {
 public:
  // `centre` is "centres/ashford" when rows that name none are for another centre than the caller's, else
  // empty. Keeps references to `client` and `words`.
  OrganisationImport(const Client& client, const Words& words, std::string centre)
      : client_(client), words_(words), centre_(std::move(centre)), lookup_(client) {}

  absl::string_view plural() const override { return "organisations"; }
  const std::vector<Column>& columns() const override { return OrganisationColumns(); }
  absl::Status Begin(std::size_t row_count) override;
  void Read(std::size_t index, RowReader& reader) override;
  absl::Status Resolve(std::vector<ImportRow>& rows, int in_flight) override;
  absl::StatusOr<std::vector<Remark>> Check(std::size_t index) override;
  std::optional<std::size_t> WaitsFor(std::size_t index) const override { return waits_for_[index]; }
  absl::StatusOr<Written> Write(std::size_t index, int64_t line, const RequestIds& ids,
                                const std::string& awaited) override;

 private:
  // Two rows with one identifier are one organisation, written twice.
  void FindRepeatedIdentifiers(std::vector<ImportRow>& rows) const;
  // Accountable bodies that are rows of the file itself.
  void FindBodiesInFile(std::vector<ImportRow>& rows);

  const Client& client_;
  const Words& words_;
  const std::string centre_;
  OrganisationLookup lookup_;
  DistrictNames districts_;
  std::vector<OrganisationRow> rows_;
  std::vector<std::optional<std::size_t>> waits_for_;
};

}  // namespace brokerage::cli
