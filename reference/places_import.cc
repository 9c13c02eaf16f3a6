#include "reference/places_import.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "base/csv.h"
#include "base/digest.h"
#include "base/files.h"
#include "reference/places_file.h"
#include "reference/postcode_rows.h"

namespace brokerage::reference {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBytes = 256 * 1024;
// Two positions this near are one: sources round differently. 0.00001° is about a metre.
constexpr int32_t kSamePositionE7 = 100;

struct GoodRow {
  Postcode postcode;
  Point point;
  uint16_t district = 0;  // in Importer::districts_
  uint32_t file = 0;      // in Importer::files_
  int64_t line = 0;
};

bool IsNear(Point a, Point b) {
  const auto near = [](int64_t x, int64_t y) { return std::llabs(x - y) <= kSamePositionE7; };
  return near(a.latitude_e7, b.latitude_e7) && near(a.longitude_e7, b.longitude_e7);
}

// The files that `inputs` name, in order.
absl::StatusOr<std::vector<std::string>> ListFiles(const std::vector<std::string>& inputs) {
  std::vector<std::string> files;
  for (const std::string& input : inputs) {
    std::error_code error;
    if (!fs::exists(input, error))
      return absl::NotFoundError(absl::StrCat(input, ": no such file or folder"));
    if (!fs::is_directory(input, error)) {
      files.push_back(input);
      continue;
    }
    std::vector<std::string> found;
    for (fs::directory_iterator entry(input, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      if (entry->path().extension() == ".csv") found.push_back(entry->path().string());
    }
    if (error) return absl::UnavailableError(absl::StrCat(input, ": cannot be listed"));
    if (found.empty()) return absl::InvalidArgumentError(absl::StrCat(input, ": holds no .csv file"));
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  if (files.empty()) return absl::InvalidArgumentError("no file to import");
  return files;
}

class Importer {
 public:
  Importer(std::vector<std::string> files, const ImportOptions& options, const GridConverter& grid)
      : files_(std::move(files)), options_(options), grid_(grid) {
    for (const std::string& file : files_) {
      std::error_code error;
      const std::uintmax_t size = fs::file_size(file, error);
      if (!error) progress_.bytes_total += static_cast<int64_t>(size);
    }
  }

  absl::Status ReadAll() {
    for (uint32_t file = 0; file < files_.size(); ++file) {
      if (absl::Status status = ReadOne(file); !status.ok()) return status;
    }
    RemoveDuplicates();
    std::stable_sort(faults_.begin(), faults_.end(), [](const auto& a, const auto& b) {
      return std::make_pair(a.first, a.second.line) < std::make_pair(b.first, b.second.line);
    });
    for (auto& fault : faults_) report_.faults.push_back(std::move(fault.second));
    report_.rows_read = progress_.rows;
    report_.postcodes = static_cast<int64_t>(rows_.size());
    report_.without_district =
        std::count_if(rows_.begin(), rows_.end(), [](const GoodRow& row) { return row.district == 0; });
    return absl::OkStatus();
  }

  absl::StatusOr<ImportReport> Write(const std::string& places_dir) {
    if (rows_.empty() || (!report_.faults.empty() && !options_.keep_good)) return std::move(report_);
    std::error_code error;
    fs::create_directories(places_dir, error);
    if (error) return absl::UnavailableError(absl::StrCat(places_dir, ": cannot be created"));
    const std::string bytes = EncodePlacesFile(BuildTable());
    const std::string version = base::HexEncode(absl::string_view(bytes).substr(bytes.size() - 32));
    const std::string name = absl::StrCat(version, kPlacesFileSuffix);
    const std::string path = absl::StrCat(places_dir, "/", name);
    if (absl::Status status = base::WriteFileAtomically(path, bytes); !status.ok()) return status;
    const std::string pointer = absl::StrCat(places_dir, "/", kCurrentPlacesFile);
    if (absl::Status status = base::WriteFileAtomically(pointer, name + "\n"); !status.ok()) return status;
    report_.path = path;
    report_.version = version;
    return std::move(report_);
  }

 private:
  absl::Status ReadOne(uint32_t file) {
    const std::string& path = files_[file];
    std::FILE* const stream = std::fopen(path.c_str(), "rb");
    if (stream == nullptr) return absl::UnavailableError(absl::StrCat(path, ": cannot be opened"));
    const absl::Cleanup close = [stream] { std::fclose(stream); };

    std::optional<PostcodeFormat> format;
    absl::Status status;
    base::CsvParser parser([&](const base::CsvRow& row) {
      if (!format) {
        absl::StatusOr<PostcodeFormat> detected = DetectPostcodeFormat(row.fields, grid_);
        if (!detected.ok()) {
          status = absl::InvalidArgumentError(absl::StrCat(path, ": ", detected.status().message()));
          return false;
        }
        format = *std::move(detected);
        if (!format->first_row_is_data) return true;
      }
      Take(file, row, *format->reader);
      return true;
    });
    progress_.file = path;
    std::string buffer(kReadBytes, '\0');
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), stream)) {
      if (!parser.Feed(absl::string_view(buffer.data(), size))) return status;
      progress_.bytes_read += static_cast<int64_t>(size);
      ShowProgress();
    }
    if (std::ferror(stream) != 0) return absl::UnavailableError(absl::StrCat(path, ": cannot be read"));
    parser.Finish();
    if (!status.ok()) return status;
    if (!format) return absl::InvalidArgumentError(absl::StrCat(path, ": is empty"));
    ShowProgress();
    return absl::OkStatus();
  }

  void ShowProgress() const {
    if (options_.progress) options_.progress(progress_);
  }

  void Take(uint32_t file, const base::CsvRow& csv, const PostcodeRowReader& reader) {
    ++progress_.rows;
    if (!csv.fault.empty()) return AddFault(file, csv.line, {csv.fault});
    PostcodeRow row = reader.Read(csv.fields);
    switch (row.kind) {
      case PostcodeRow::Kind::kFaulty:
        return AddFault(file, csv.line, std::move(row.reasons));
      case PostcodeRow::Kind::kTerminated:
        ++report_.terminated;
        return;
      case PostcodeRow::Kind::kWithoutPosition:
        ++report_.without_position;
        return;
      case PostcodeRow::Kind::kPlace:
        rows_.push_back({*row.postcode, row.point, DistrictNumber(row.district_code), file, csv.line});
    }
  }

  void AddFault(uint32_t file, int64_t line, std::vector<std::string> reasons) {
    faults_.emplace_back(file, ImportFault{files_[file], line, std::move(reasons)});
  }

  // ONS codes of local authorities are some hundreds: sixteen bits hold them.
  uint16_t DistrictNumber(const std::string& code) {
    const auto [found, is_new] = district_numbers_.emplace(code, static_cast<uint16_t>(districts_.size()));
    if (is_new) districts_.push_back(code);
    return found->second;
  }

  // Leaves one row a postcode, the first, in the order of the postcodes.
  void RemoveDuplicates() {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const GoodRow& a, const GoodRow& b) { return a.postcode < b.postcode; });
    std::size_t kept = 0;
    for (const GoodRow& row : rows_) {
      if (kept == 0 || rows_[kept - 1].postcode != row.postcode) {
        rows_[kept++] = row;
        continue;
      }
      GoodRow& first = rows_[kept - 1];
      const bool one_district = first.district == row.district || first.district == 0 || row.district == 0;
      if (!one_district || !IsNear(first.point, row.point)) {
        AddFault(row.file, row.line,
                 {absl::StrCat(row.postcode.ToString(), " has another place in line ", first.line, " of ",
                               files_[first.file])});
        continue;
      }
      ++report_.duplicates;
      if (first.district == 0) first.district = row.district;
    }
    rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(kept), rows_.end());
  }

  PostcodeTable BuildTable() const {
    PostcodeTable table;
    table.districts = {""};
    std::map<std::string, uint16_t> number_of;  // only those in use, in the order of the codes
    for (const GoodRow& row : rows_) number_of.emplace(districts_[row.district], 0);
    number_of.erase("");
    for (auto& [code, number] : number_of) {
      number = static_cast<uint16_t>(table.districts.size());
      table.districts.push_back(code);
    }
    for (const GoodRow& row : rows_) {
      if (table.outcodes.empty() || table.outcodes.back() != row.postcode.outcode()) {
        table.outcodes.emplace_back(row.postcode.outcode());
        table.first_row.push_back(static_cast<uint32_t>(table.size()));
      }
      const std::string& code = districts_[row.district];
      table.incodes.push_back(IncodeNumber(row.postcode.incode()));
      table.district_index.push_back(code.empty() ? uint16_t{0} : number_of.at(code));
      table.latitudes_e7.push_back(row.point.latitude_e7);
      table.longitudes_e7.push_back(row.point.longitude_e7);
    }
    table.first_row.push_back(static_cast<uint32_t>(table.size()));
    return table;
  }

  const std::vector<std::string> files_;
  const ImportOptions& options_;
  const GridConverter& grid_;
  ImportProgress progress_;
  ImportReport report_;
  std::vector<std::pair<uint32_t, ImportFault>> faults_;  // with the file's number
  std::vector<GoodRow> rows_;
  std::vector<std::string> districts_ = {""};
  absl::flat_hash_map<std::string, uint16_t> district_numbers_ = {{"", uint16_t{0}}};
};

}  // namespace

absl::StatusOr<ImportReport> ImportPlaces(const std::vector<std::string>& inputs,
                                          const std::string& places_dir, const ImportOptions& options) {
  absl::StatusOr<std::vector<std::string>> files = ListFiles(inputs);
  if (!files.ok()) return files.status();
  const absl::StatusOr<std::unique_ptr<GridConverter>> grid = GridConverter::Create();
  if (!grid.ok()) return grid.status();
  Importer importer(*std::move(files), options, **grid);
  if (absl::Status status = importer.ReadAll(); !status.ok()) return status;
  return importer.Write(places_dir);
}

}  // namespace brokerage::reference
