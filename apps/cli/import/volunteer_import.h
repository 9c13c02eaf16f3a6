// Imports volunteers: created as enquiries, then registered and activated as far as each row asks.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/import/import_kind.h"
#include "apps/cli/rows/volunteer_row.h"

namespace brokerage::cli {

class VolunteerImport final : public ImportKind {
 public:
  // `parent` is "centres/ashford". Keeps references to `client` and `words`.
  VolunteerImport(const Client& client, const Words& words, std::string parent)
      : client_(client), words_(words), parent_(std::move(parent)) {}

  absl::string_view plural() const override { return "volunteers"; }
  const std::vector<Column>& columns() const override { return VolunteerColumns(); }
  absl::Status Begin(std::size_t row_count) override;
  void Read(std::size_t index, RowReader& reader) override;
  absl::StatusOr<std::vector<Remark>> Check(std::size_t index) override;
  absl::StatusOr<Written> Write(std::size_t index, int64_t line, const RequestIds& ids,
                                const std::string& awaited) override;

 private:
  const Client& client_;
  const Words& words_;
  const std::string parent_;
  std::vector<VolunteerRow> rows_;
};

}  // namespace brokerage::cli
