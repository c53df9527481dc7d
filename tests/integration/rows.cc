#include "tests/integration/rows.h"

#include "absl/strings/str_cat.h"

namespace wissel::testing {

std::string RowsOf(const TestDatabase& database, absl::string_view tenant_id) {
  return database.Admin(absl::StrCat(
      "select string_agg(c.table_name || ' ' || md5(query_to_xml(format('select * from %I.%I t "
      "where tenant_id = ''",
      tenant_id,
      "'' order by t::text', c.table_schema, c.table_name), true, false, '')::text), ', ' "
      "order by c.table_schema, c.table_name) from information_schema.columns c "
      "join information_schema.tables t using (table_schema, table_name) "
      "where c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE' "
      // What figures are read from follows from the log, whenever it is counted.
      "and c.table_name <> 'sign_in_attempt' and c.table_schema <> 'insight'"));
}

}  // namespace wissel::testing
