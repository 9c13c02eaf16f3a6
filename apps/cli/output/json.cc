#include "apps/cli/output/json.h"

#include "google/protobuf/util/json_util.h"

namespace brokerage::cli {

Json ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string text;
  // Fails only for values that the contract does not allow (a Timestamp beyond year 9999).
  if (!google::protobuf::util::MessageToJsonString(message, &text, options).ok()) return Json::object();
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

std::string Print(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace brokerage::cli
