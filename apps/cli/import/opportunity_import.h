// Imports opportunities: created as drafts, then submitted and approved as far as each row asks.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/import/import_kind.h"
#include "apps/cli/import/organisation_lookup.h"
#include "apps/cli/rows/opportunity_row.h"

namespace brokerage::cli {

class OpportunityImport final : public ImportKind {
 public:
  // `parent` is "centres/ashford". Keeps references to `client` and `words`.
  OpportunityImport(const Client& client, const Words& words, std::string parent)
      : client_(client), words_(words), parent_(std::move(parent)), lookup_(client) {}

  absl::string_view plural() const override { return "opportunities"; }
  const std::vector<Column>& columns() const override { return OpportunityColumns(); }
  absl::Status Begin(std::size_t row_count) override;
  void Read(std::size_t index, RowReader& reader) override;
  absl::Status Resolve(std::vector<ImportRow>& rows, int in_flight) override;
  absl::StatusOr<std::vector<Remark>> Check(std::size_t index) override;
  absl::StatusOr<Written> Write(std::size_t index, int64_t line, const RequestIds& ids,
                                const std::string& awaited) override;

 private:
  const Client& client_;
  const Words& words_;
  const std::string parent_;
  OrganisationLookup lookup_;
  std::vector<OpportunityRow> rows_;
};

}  // namespace brokerage::cli
