// The rows of a scene as a file of tab-separated columns, in the form of PostgreSQL's COPY: what peers load.
#pragma once

#include <cstdio>
#include <string>

#include "bench/rows.h"
#include "bench/scene.h"

namespace brokerage::bench {

// One line, in the order of the columns of bench/postgres/volunteers.sql or roles.sql. Not known is \N.
std::string LineOf(const VolunteerRow& row);
std::string LineOf(const RoleRow& row);

// Writes the records that are searched.
void WriteRecords(const Scene& scene, std::FILE* file);

// The same questions for bench/lucene: the name, the searcher's side of the pair, then its own row.
void WriteQuestions(const std::vector<Question>& questions, std::FILE* file);

}  // namespace brokerage::bench
