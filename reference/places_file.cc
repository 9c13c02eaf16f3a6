#include "reference/places_file.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "base/digest.h"

namespace brokerage::reference {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are copied as they are");

constexpr absl::string_view kMagic = "BRKPLACE";
constexpr uint32_t kFormat = 1;
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kOnsCodeBytes = 9;
constexpr std::size_t kOutcodeBytes = 4;
constexpr std::size_t kHeaderBytes = 8 + 4 * 4;
constexpr std::size_t kRowBytes = 2 + 2 + 4 + 4;
constexpr uint16_t kIncodes = 10 * 26 * 26;

template <typename Number>
void AppendNumber(Number number, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

template <typename Number>
void AppendColumn(const std::vector<Number>& column, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(Number));
}

void AppendPadded(absl::string_view text, std::size_t size, std::string* bytes) {
  absl::StrAppend(bytes, text);
  bytes->append(size - text.size(), '\0');
}

// Takes values off the front of bytes whose length was checked before.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : bytes_(bytes) {}

  template <typename Number>
  Number TakeNumber() {
    Number number;
    std::memcpy(&number, Take(sizeof(number)).data(), sizeof(number));
    return number;
  }

  template <typename Number>
  std::vector<Number> TakeColumn(std::size_t count) {
    std::vector<Number> column(count);
    if (count > 0) std::memcpy(column.data(), Take(count * sizeof(Number)).data(), count * sizeof(Number));
    return column;
  }

  std::string TakePadded(std::size_t size) {
    const absl::string_view text = Take(size);
    return std::string(text.substr(0, text.find('\0')));
  }

 private:
  absl::string_view Take(std::size_t size) {
    const absl::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  absl::string_view bytes_;
};

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the file of places is damaged: ", what));
}

template <typename Item>
bool IsStrictlyAscending(const Item* begin, const Item* end) {
  return std::adjacent_find(begin, end, [](const Item& a, const Item& b) { return !(a < b); }) == end;
}

// Whether the columns keep the rules that searching them relies on.
absl::Status Check(const PostcodeTable& table) {
  const auto ascending = [](const std::vector<std::string>& texts) {
    return IsStrictlyAscending(texts.data(), texts.data() + texts.size());
  };
  if (table.districts.empty() || !table.districts[0].empty() || !ascending(table.districts)) {
    return Damaged("districts out of order");
  }
  if (!ascending(table.outcodes)) return Damaged("outcodes out of order");
  if (table.first_row.front() != 0 ||
      !IsStrictlyAscending(&table.first_row.front(), &table.first_row.back() + 1)) {
    return Damaged("outcodes without postcodes");
  }
  if (table.first_row.back() != table.size()) return Damaged("postcodes without an outcode");
  for (std::size_t o = 0; o < table.outcodes.size(); ++o) {
    const uint16_t* const begin = table.incodes.data() + table.first_row[o];
    const uint16_t* const end = table.incodes.data() + table.first_row[o + 1];
    if (!IsStrictlyAscending(begin, end) || *(end - 1) >= kIncodes) return Damaged("postcodes out of order");
  }
  for (const uint16_t district : table.district_index) {
    if (district >= table.districts.size()) return Damaged("a district out of range");
  }
  return absl::OkStatus();
}

}  // namespace

uint16_t IncodeNumber(absl::string_view incode) {
  return static_cast<uint16_t>(((incode[0] - '0') * 26 + (incode[1] - 'A')) * 26 + (incode[2] - 'A'));
}

std::optional<std::size_t> PostcodeTable::Find(const Postcode& postcode) const {
  const auto outcode = std::lower_bound(outcodes.begin(), outcodes.end(), postcode.outcode());
  if (outcode == outcodes.end() || *outcode != postcode.outcode()) return std::nullopt;
  const auto at = static_cast<std::size_t>(outcode - outcodes.begin());
  const auto begin = incodes.begin() + first_row[at];
  const auto end = incodes.begin() + first_row[at + 1];
  const uint16_t incode = IncodeNumber(postcode.incode());
  const auto row = std::lower_bound(begin, end, incode);
  if (row == end || *row != incode) return std::nullopt;
  return static_cast<std::size_t>(row - incodes.begin());
}

std::string EncodePlacesFile(const PostcodeTable& table) {
  std::string bytes(kMagic);
  bytes.reserve(kHeaderBytes + table.districts.size() * kOnsCodeBytes + table.outcodes.size() * 8 +
                table.size() * kRowBytes + kDigestBytes);
  AppendNumber(kFormat, &bytes);
  AppendNumber(static_cast<uint32_t>(table.districts.size()), &bytes);
  AppendNumber(static_cast<uint32_t>(table.outcodes.size()), &bytes);
  AppendNumber(static_cast<uint32_t>(table.size()), &bytes);
  for (const std::string& district : table.districts) AppendPadded(district, kOnsCodeBytes, &bytes);
  for (std::size_t o = 0; o < table.outcodes.size(); ++o) {
    AppendPadded(table.outcodes[o], kOutcodeBytes, &bytes);
    AppendNumber(table.first_row[o], &bytes);
  }
  AppendColumn(table.incodes, &bytes);
  AppendColumn(table.district_index, &bytes);
  AppendColumn(table.latitudes_e7, &bytes);
  AppendColumn(table.longitudes_e7, &bytes);
  bytes += base::Sha256(bytes);
  return bytes;
}

absl::StatusOr<DecodedPlaces> DecodePlacesFile(absl::string_view bytes) {
  if (bytes.size() < kHeaderBytes + kDigestBytes) return Damaged("it is too short");
  if (bytes.substr(0, kMagic.size()) != kMagic) return Damaged("it does not begin as one");
  const absl::string_view content = bytes.substr(0, bytes.size() - kDigestBytes);
  const std::string digest = base::Sha256(content);
  if (digest != bytes.substr(content.size())) return Damaged("its checksum does not fit its content");

  Reader reader(content.substr(kMagic.size()));
  if (const auto format = reader.TakeNumber<uint32_t>(); format != kFormat) {
    return absl::UnimplementedError(
        absl::StrCat("the file of places has format ", format, "; this program reads format ", kFormat));
  }
  const std::size_t districts = reader.TakeNumber<uint32_t>();
  const std::size_t outcodes = reader.TakeNumber<uint32_t>();
  const std::size_t rows = reader.TakeNumber<uint32_t>();
  if (content.size() != kHeaderBytes + districts * kOnsCodeBytes + outcodes * 8 + rows * kRowBytes) {
    return Damaged("its length does not fit its header");
  }
  DecodedPlaces decoded;
  decoded.version = base::HexEncode(digest);
  PostcodeTable& table = decoded.table;
  for (std::size_t d = 0; d < districts; ++d) table.districts.push_back(reader.TakePadded(kOnsCodeBytes));
  for (std::size_t o = 0; o < outcodes; ++o) {
    table.outcodes.push_back(reader.TakePadded(kOutcodeBytes));
    table.first_row.push_back(reader.TakeNumber<uint32_t>());
  }
  table.first_row.push_back(static_cast<uint32_t>(rows));
  table.incodes = reader.TakeColumn<uint16_t>(rows);
  table.district_index = reader.TakeColumn<uint16_t>(rows);
  table.latitudes_e7 = reader.TakeColumn<int32_t>(rows);
  table.longitudes_e7 = reader.TakeColumn<int32_t>(rows);
  if (absl::Status status = Check(table); !status.ok()) return status;
  return decoded;
}

}  // namespace brokerage::reference
