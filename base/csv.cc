#include "base/csv.h"

#include <cerrno>
#include <cstdio>
#include <csv.h>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "base/text.h"

namespace brokerage::base {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr unsigned char kParserOptions = CSV_STRICT | CSV_STRICT_FINI;
constexpr std::size_t kReadBytes = 256 * 1024;

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

bool HasContent(absl::string_view text) {
  return text.find_first_not_of(" \t\r\n") != absl::string_view::npos;
}

}  // namespace

// Hands libcsv one line at a time, so that the line of a row is known and one bad row does not take others
// with it.
class CsvParser::Impl {
 public:
  Impl(CsvVisitor visitor, CsvLimits limits) : visitor_(std::move(visitor)), limits_(limits) {
    csv_init(&parser_, kParserOptions);
  }
  ~Impl() { csv_free(&parser_); }

  bool Feed(absl::string_view piece) {
    piece = SkipByteOrderMark(piece);
    while (!piece.empty() && !stopped_) {
      const std::size_t end = piece.find_first_of("\r\n");
      const std::size_t size = end == absl::string_view::npos ? piece.size() : end + 1;
      TakeSegment(piece.substr(0, size));
      piece.remove_prefix(size);
    }
    return !stopped_;
  }

  void Finish() {
    if (mark_bytes_ > 0 && mark_bytes_ < kByteOrderMark.size()) {
      TakeSegment(kByteOrderMark.substr(0, std::exchange(mark_bytes_, kByteOrderMark.size())));
    }
    if (stopped_) return;
    if (row_.fault.empty() && csv_fini(&parser_, &OnField, &OnRow, this) != 0) {
      SetFault("a quotation mark is opened and never closed");
    }
    if (!row_.fault.empty() || row_complete_) Emit();
  }

 private:
  // A file may begin with a byte order mark, in pieces of any size.
  absl::string_view SkipByteOrderMark(absl::string_view piece) {
    while (mark_bytes_ < kByteOrderMark.size() && !piece.empty()) {
      if (piece.front() == kByteOrderMark[mark_bytes_]) {
        ++mark_bytes_;
        piece.remove_prefix(1);
      } else {
        const std::size_t begun = std::exchange(mark_bytes_, kByteOrderMark.size());
        if (begun > 0) TakeSegment(kByteOrderMark.substr(0, begun));
      }
    }
    return piece;
  }

  // `segment` holds at most one line end, as its last byte.
  void TakeSegment(absl::string_view segment) {
    const char last = segment.back();
    const bool second_half_of_crlf = last == '\n' && segment.size() == 1 && after_return_;
    after_return_ = last == '\r';

    if (row_bytes_ == 0 && HasContent(segment)) row_.line = line_;
    if (row_bytes_ > 0 || HasContent(segment)) {
      row_bytes_ += segment.size();
      if (!second_half_of_crlf) row_.last_line = line_;
    }
    if (row_.fault.empty()) Parse(segment);
    if (!IsLineEnd(last)) return;
    if (!row_.fault.empty() || row_complete_) Emit();
    if (!second_half_of_crlf) ++line_;
  }

  void Parse(absl::string_view segment) {
    if (row_bytes_ > limits_.max_row_bytes) {
      return SetFault(absl::StrCat("the row has more than ", limits_.max_row_bytes,
                                   " bytes; perhaps a quotation mark is never closed"));
    }
    if (csv_parse(&parser_, segment.data(), segment.size(), &OnField, &OnRow, this) != segment.size()) {
      SetFault(csv_error(&parser_) == CSV_EPARSE ? "a quotation mark stands where none may: quote the whole "
                                                   "field and write each mark inside it twice"
                                                 : "the row cannot be held in memory");
    }
  }

  void SetFault(absl::string_view fault) { row_.fault = std::string(fault); }

  void Emit() {
    if (row_.fault.empty()) {
      for (const std::string& field : row_.fields) {
        if (!IsUtf8(field)) {
          SetFault("the text is not UTF-8");
          break;
        }
      }
    }
    if (!row_.fault.empty()) {
      row_.fields.clear();
      csv_free(&parser_);
      csv_init(&parser_, kParserOptions);
    }
    stopped_ = !visitor_(row_);
    row_ = CsvRow{};
    row_bytes_ = 0;
    row_complete_ = false;
  }

  static void OnField(void* data, std::size_t size, void* self_pointer) {
    Impl& self = *static_cast<Impl*>(self_pointer);
    if (self.row_.fields.size() < self.limits_.max_fields) {
      self.row_.fields.emplace_back(static_cast<const char*>(data), size);
    } else {
      self.SetFault(absl::StrCat("the row has more than ", self.limits_.max_fields, " fields"));
    }
  }

  static void OnRow(int /*terminator*/, void* self_pointer) {
    static_cast<Impl*>(self_pointer)->row_complete_ = true;
  }

  const CsvVisitor visitor_;
  const CsvLimits limits_;
  csv_parser parser_;
  CsvRow row_;
  bool row_complete_ = false;
  std::size_t row_bytes_ = 0;   // 0 until the row has content
  int64_t line_ = 1;            // the one being read
  bool after_return_ = false;   // the last byte was a carriage return
  std::size_t mark_bytes_ = 0;  // of the byte order mark met so far; all of them once the question is settled
  bool stopped_ = false;
};

CsvParser::CsvParser(CsvVisitor visitor, CsvLimits limits)
    : impl_(std::make_unique<Impl>(std::move(visitor), limits)) {}
CsvParser::~CsvParser() = default;
bool CsvParser::Feed(absl::string_view piece) { return impl_->Feed(piece); }
void CsvParser::Finish() { impl_->Finish(); }

void ReadCsv(absl::string_view text, const CsvVisitor& visitor, CsvLimits limits) {
  CsvParser parser(visitor, limits);
  if (parser.Feed(text)) parser.Finish();
}

absl::Status ReadCsvFile(const std::string& path, const CsvVisitor& visitor, CsvLimits limits) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    return errno == ENOENT ? absl::NotFoundError(absl::StrCat(path, ": no such file"))
                           : absl::UnavailableError(absl::StrCat(path, ": cannot be opened"));
  }
  const absl::Cleanup close = [file] { std::fclose(file); };
  CsvParser parser(visitor, limits);
  std::string buffer(kReadBytes, '\0');
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file)) {
    if (!parser.Feed(absl::string_view(buffer.data(), size))) return absl::OkStatus();
  }
  if (std::ferror(file) != 0) return absl::UnavailableError(absl::StrCat(path, ": cannot be read"));
  parser.Finish();
  return absl::OkStatus();
}

CsvHeader::CsvHeader(const std::vector<std::string>& names) : size_(names.size()) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    columns_.emplace(FoldCase(absl::StripAsciiWhitespace(names[i])), i);
  }
}

std::optional<std::size_t> CsvHeader::Find(absl::string_view name) const {
  const auto found = columns_.find(FoldCase(name));
  if (found == columns_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::size_t> CsvHeader::FindAny(const std::vector<std::string>& names) const {
  for (const std::string& name : names) {
    if (const auto column = Find(name)) return column;
  }
  return std::nullopt;
}

std::string FormatCsvRow(const std::vector<std::string>& fields) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const absl::string_view field = fields[i];
    if (i > 0) row.push_back(',');
    const bool would_be_trimmed = absl::StripAsciiWhitespace(field).size() != field.size();
    const bool would_be_blank_line = fields.size() == 1 && field.empty();
    if (!would_be_trimmed && !would_be_blank_line &&
        field.find_first_of(",\"\r\n") == absl::string_view::npos) {
      absl::StrAppend(&row, field);
      continue;
    }
    row.push_back('"');
    for (const char c : field) {
      if (c == '"') row.push_back('"');
      row.push_back(c);
    }
    row.push_back('"');
  }
  return row;
}

}  // namespace brokerage::base
