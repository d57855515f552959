#include "CToml.h"

// toml++ breaks preconditions of its own on some texts that are not TOML ("[[[a]]]": parse_table_header calls
// parse_key). With NDEBUG it would tell the compiler that this cannot happen, without it abort. Here each
// becomes an exception that ritual_toml_parse catches.
#undef NDEBUG
namespace {
struct BrokenPrecondition {};
}
#define TOML_ASSERT(condition) \
  do { \
    if (!(condition)) throw BrokenPrecondition(); \
  } while (false)

// A mistake in a text is a value, not an exception.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
// The parser, its destructors and every walk of the tree recurse with its depth; 32 nested values are more
// than any configuration has.
#define TOML_MAX_NESTED_VALUES 32

// toml++ reaches code that its tables of Unicode call unreachable: "é" in the place of a blank
// (is_non_ascii_horizontal_whitespace). "No" is the right answer there. Its headers have other names since
// 3.4.
#if __has_include(<toml++/impl/forward_declarations.hpp>)
#include <toml++/impl/forward_declarations.hpp>
#else
#include <toml++/impl/forward_declarations.h>
#endif
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE return {}
#if __has_include(<toml++/impl/unicode.hpp>)
#include <toml++/impl/unicode.hpp>
#else
#include <toml++/impl/unicode.h>
#endif
#undef TOML_UNREACHABLE
// The parser reaches such code too, after it has noted an error.
#define TOML_UNREACHABLE throw BrokenPrecondition()
#include <toml++/toml.h>

#include <algorithm>
#include <new>
#include <string>
#include <string_view>
#include <vector>

struct ritual_toml_node {
  const toml::node *value = nullptr;
  const toml::key *key = nullptr;
  std::vector<ritual_toml_node> children;
};

struct ritual_toml_document {
  toml::table table;
  ritual_toml_node root;
  bool good = false;
  std::string error;
  ritual_toml_region error_region = {};
};

namespace {

// toml++ limits nested values but not the parts of a dotted key, each of which is a nested table: "a.a.a…"
// over a megabyte would overflow the stack when it is freed, even after an error.
constexpr size_t most_dots = 15;

ritual_toml_region region(const toml::source_region &source) {
  return {source.begin.line, source.begin.column, source.end.line, source.end.column};
}

// Finds the first key with too many parts before toml++ sees the text. It reads strings and comments as the
// grammar does; in a text that is no TOML the two may differ, but toml++ stops there and builds nothing from
// the rest.
class KeyScanner {
 public:
  explicit KeyScanner(std::string_view text) : text(text) {}

  // True if there is such a key; `place` is then the place of its first dot too many.
  bool findTooDeep(ritual_toml_region &place) {
    size_t dots = 0;
    while (at < text.size()) {
      switch (text[at]) {
        case '\n': dots = 0; step(); break;
        case '#': while (at < text.size() && text[at] != '\n') step(); break;
        case '"': case '\'': skipString(text[at]); break;
        case '=': case ',': case '{': case '[': dots = 0; step(); break;
        case '.':
          if (++dots > most_dots) {
            place = {line, column, line, column + 1};
            return true;
          }
          step();
          break;
        default: step(); break;
      }
    }
    return false;
  }

 private:
  std::string_view text;
  size_t at = 0;
  uint32_t line = 1, column = 1;

  void step() {
    const unsigned char byte = static_cast<unsigned char>(text[at++]);
    if (byte == '\n') { line++; column = 1; }
    else if ((at < text.size() ? static_cast<unsigned char>(text[at]) & 0xC0 : 0) != 0x80) column++;
  }

  bool startsTriple(char quote) const {
    return at + 2 < text.size() && text[at] == quote && text[at + 1] == quote && text[at + 2] == quote;
  }

  void skipString(char quote) {
    const bool many = startsTriple(quote);
    for (int left = many ? 3 : 1; left > 0; left--) step();
    while (at < text.size()) {
      if (text[at] == '\\' && quote == '"') {
        step();
        if (at < text.size()) step();
      } else if (many && startsTriple(quote)) {
        // Up to two more quotes before the closing three are content.
        for (int left = 5; left > 0 && at < text.size() && text[at] == quote; left--) step();
        return;
      } else if (!many && (text[at] == quote || text[at] == '\n')) {
        step();
        return;
      } else {
        step();
      }
    }
  }
};

bool comesBefore(const ritual_toml_node &left, const ritual_toml_node &right) {
  const auto a = left.key->source().begin, b = right.key->source().begin;
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

void fill(ritual_toml_node &node, const toml::node &value) {
  node.value = &value;
  if (const auto *table = value.as_table()) {
    node.children.reserve(table->size());
    for (auto &&[key, child] : *table) {
      ritual_toml_node entry;
      entry.key = &key;
      fill(entry, child);
      node.children.push_back(std::move(entry));
    }
    // toml++ keeps keys sorted by their bytes.
    std::sort(node.children.begin(), node.children.end(), comesBefore);
  } else if (const auto *array = value.as_array()) {
    node.children.reserve(array->size());
    for (const auto &child : *array) {
      node.children.emplace_back();
      fill(node.children.back(), child);
    }
  }
}

bool breaksPrecondition(std::string_view text) {
  try {
    (void)toml::parse(text);
    return false;
  } catch (const BrokenPrecondition &) {
    return true;
  }
}

// The parser reads from the front: the shortest beginning that breaks it ends at the fault.
ritual_toml_region placeOfBreak(std::string_view text) {
  size_t fine = 0, broken = text.size();
  while (broken - fine > 1) {
    const size_t middle = fine + (broken - fine) / 2;
    (breaksPrecondition(text.substr(0, middle)) ? broken : fine) = middle;
  }
  uint32_t line = 1, column = 1;
  for (const char byte : text.substr(0, broken - 1)) {
    if (byte == '\n') { line++; column = 1; }
    else if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) column++;
  }
  return {line, column, line, column + 1};
}

void parse(std::string_view text, ritual_toml_document &document) {
  try {
    auto result = toml::parse(text);
    if (result) {
      document.table = std::move(result).table();
      fill(document.root, document.table);
      document.good = true;
    } else {
      document.error = result.error().description();
      document.error_region = region(result.error().source());
    }
  } catch (const BrokenPrecondition &) {
    document.error = "a key, a value or a table header is malformed";
    document.error_region = placeOfBreak(text);
  }
}

}  // namespace

ritual_toml_document *ritual_toml_parse(const char *bytes, size_t count) {
  // No exception may reach Swift, which cannot unwind.
  try {
    auto document = std::make_unique<ritual_toml_document>();
    const std::string_view text(bytes ? bytes : "", bytes ? count : 0);
    if (KeyScanner(text).findTooDeep(document->error_region)) {
      document->error = "a key of more than " + std::to_string(most_dots + 1) + " parts";
      return document.release();
    }
    parse(text, *document);
    return document.release();
  } catch (...) {
    return nullptr;
  }
}

void ritual_toml_free(ritual_toml_document *document) { delete document; }

const ritual_toml_node *ritual_toml_root(const ritual_toml_document *document) {
  return document->good ? &document->root : nullptr;
}

ritual_toml_text ritual_toml_error(const ritual_toml_document *document) {
  return {document->error.data(), document->error.size()};
}

ritual_toml_region ritual_toml_error_region(const ritual_toml_document *document) {
  return document->error_region;
}

ritual_toml_kind ritual_toml_node_kind(const ritual_toml_node *node) {
  switch (node->value->type()) {
    case toml::node_type::table:
      return node->value->as_table()->is_inline() ? RITUAL_TOML_INLINE_TABLE : RITUAL_TOML_TABLE;
    case toml::node_type::array: return RITUAL_TOML_ARRAY;
    case toml::node_type::integer: return RITUAL_TOML_INTEGER;
    case toml::node_type::floating_point: return RITUAL_TOML_FLOAT;
    case toml::node_type::boolean: return RITUAL_TOML_BOOLEAN;
    case toml::node_type::date: return RITUAL_TOML_DATE;
    case toml::node_type::time: return RITUAL_TOML_TIME;
    case toml::node_type::date_time: return RITUAL_TOML_DATE_TIME;
    // A parsed tree has no nodes of type none.
    default: return RITUAL_TOML_STRING;
  }
}

ritual_toml_region ritual_toml_node_region(const ritual_toml_node *node) { return region(node->value->source()); }

size_t ritual_toml_child_count(const ritual_toml_node *node) { return node->children.size(); }

const ritual_toml_node *ritual_toml_child(const ritual_toml_node *node, size_t index) {
  return &node->children[index];
}

ritual_toml_text ritual_toml_node_key(const ritual_toml_node *node) {
  if (!node->key) return {"", 0};
  return {node->key->str().data(), node->key->str().size()};
}

ritual_toml_region ritual_toml_node_key_region(const ritual_toml_node *node) {
  return node->key ? region(node->key->source()) : ritual_toml_region{};
}

ritual_toml_text ritual_toml_string(const ritual_toml_node *node) {
  const auto *value = node->value->as_string();
  if (!value) return {"", 0};
  return {value->get().data(), value->get().size()};
}

int64_t ritual_toml_integer(const ritual_toml_node *node) {
  const auto *value = node->value->as_integer();
  return value ? value->get() : 0;
}

double ritual_toml_float(const ritual_toml_node *node) {
  const auto *value = node->value->as_floating_point();
  return value ? value->get() : 0;
}

bool ritual_toml_boolean(const ritual_toml_node *node) {
  const auto *value = node->value->as_boolean();
  return value && value->get();
}

ritual_toml_date_time ritual_toml_node_date_time(const ritual_toml_node *node) {
  ritual_toml_date_time result{};
  const auto put_date = [&](const toml::date &date) {
    result.year = date.year;
    result.month = date.month;
    result.day = date.day;
  };
  if (const auto *date = node->value->as_date()) put_date(date->get());
  if (const auto *value = node->value->as_date_time()) {
    put_date((*value)->date);
    const auto &time = (*value)->time;
    result.hour = time.hour;
    result.minute = time.minute;
    result.second = time.second;
    result.nanosecond = static_cast<int32_t>(time.nanosecond);
    const auto &offset = (*value)->offset;
    result.has_offset = offset.has_value();
    result.offset_minutes = offset ? offset->minutes : 0;
  }
  return result;
}
