// Prints how the shim reads some texts, among them those that break a precondition of toml++ itself. The
// output depends on the version of toml++ only in the words of its messages.
#include <stdio.h>
#include <string.h>

#include "CToml.h"

static const char *const texts[] = {
  "", "a = 1\n", "[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"08:05\"\n", "a = { b = [1, 2.5, true] }\n",
  "start = 2026-11-27T19:30:00\n",
  // toml++ asserts, or reaches what it declares unreachable.
  "[[[a]]]", "[=a]", "a = [1,}", "\xc3\xa9", "a \xc3\xa9= 1", "a = \xc3\xa9", "[a]\xc3\xa9", "a = 1\xc3\xa9",
  // Plain mistakes, and bytes that are no UTF-8.
  "a = ", "a = 1\na = 2\n", "[a", "a = \"\xff\"", "a = 1e999", "a = 99999999999999999999", "a = 2026-02-30",
};

int main(void) {
  for (size_t number = 0; number < sizeof texts / sizeof *texts; number++) {
    ritual_toml_document *document = ritual_toml_parse(texts[number], strlen(texts[number]));
    if (!document) return 1;
    const ritual_toml_node *root = ritual_toml_root(document);
    if (root) {
      printf("%zu: %zu keys", number, ritual_toml_child_count(root));
      if (ritual_toml_child_count(root) > 0) {
        ritual_toml_region place = ritual_toml_node_key_region(ritual_toml_child(root, 0));
        printf(", the first at %u:%u", place.begin_line, place.begin_column);
      }
      printf("\n");
    } else {
      printf("%zu: a mistake in line %u\n", number, ritual_toml_error_region(document).begin_line);
    }
    ritual_toml_free(document);
  }
  return 0;
}
