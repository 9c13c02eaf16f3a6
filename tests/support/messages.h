// Messages in tests: written as text, compared by the part that matters.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"

namespace brokerage::support {

// The message that `text` writes. A fault of the text fails the test.
template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// Whether a message holds what `text` writes of one, whatever else it holds. Lists are compared whole.
MATCHER_P(Holds, text, std::string(negation ? "does not hold " : "holds ") + text) {
  auto expected = std::remove_cv_t<std::remove_reference_t<arg_type>>();
  if (!google::protobuf::TextFormat::ParseFromString(text, &expected)) {
    *result_listener << "the expectation cannot be read";
    return false;
  }
  google::protobuf::util::MessageDifferencer differencer;
  std::string differences;
  differencer.set_scope(google::protobuf::util::MessageDifferencer::PARTIAL);
  differencer.ReportDifferencesToString(&differences);
  if (differencer.Compare(expected, arg)) return true;
  *result_listener << differences;
  return false;
}

}  // namespace brokerage::support
