// TOML 1.0 with the place of every key and value: toml++ behind functions that C and Swift can call. No
// exception crosses this boundary, and no text makes it recurse without bound.
#ifndef RITUAL_CTOML_H
#define RITUAL_CTOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#else
#define _Nullable
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// A parsed text, or the reason why it could not be parsed. The caller owns it and frees it once.
typedef struct ritual_toml_document ritual_toml_document;

/// A value in a document; lives as long as the document.
typedef struct ritual_toml_node ritual_toml_node;

/// UTF-8 with a length; it may contain NULs. Lives as long as the document.
typedef struct {
  const char *bytes;
  size_t count;
} ritual_toml_text;

/// Lines and columns from 1, columns in Unicode scalars; the end is one past the last scalar. 0 is "nowhere".
typedef struct {
  uint32_t begin_line, begin_column, end_line, end_column;
} ritual_toml_region;

typedef enum {
  RITUAL_TOML_TABLE,
  RITUAL_TOML_INLINE_TABLE,
  RITUAL_TOML_ARRAY,
  RITUAL_TOML_STRING,
  RITUAL_TOML_INTEGER,
  RITUAL_TOML_FLOAT,
  RITUAL_TOML_BOOLEAN,
  RITUAL_TOML_DATE,
  RITUAL_TOML_TIME,
  RITUAL_TOML_DATE_TIME,
} ritual_toml_kind;

/// Parses a text. NULL if memory ran out; a text that is not TOML gives a document without a root.
ritual_toml_document *_Nullable ritual_toml_parse(const char *_Nullable bytes, size_t count);
void ritual_toml_free(ritual_toml_document *document);

/// The table of the whole text; NULL if it is not TOML.
const ritual_toml_node *_Nullable ritual_toml_root(const ritual_toml_document *document);
/// The reason why there is no root, in English, and its place.
ritual_toml_text ritual_toml_error(const ritual_toml_document *document);
ritual_toml_region ritual_toml_error_region(const ritual_toml_document *document);

ritual_toml_kind ritual_toml_node_kind(const ritual_toml_node *node);
/// The place of the value; for a table with a header, of the header.
ritual_toml_region ritual_toml_node_region(const ritual_toml_node *node);

/// The entries of a table or the elements of an array, in the order of the text.
size_t ritual_toml_child_count(const ritual_toml_node *node);
const ritual_toml_node *ritual_toml_child(const ritual_toml_node *node, size_t index);

/// The key of a value in its table; empty and nowhere for a root and for an element of an array.
ritual_toml_text ritual_toml_node_key(const ritual_toml_node *node);
ritual_toml_region ritual_toml_node_key_region(const ritual_toml_node *node);

/// The value of a scalar; zero and empty for other kinds.
ritual_toml_text ritual_toml_string(const ritual_toml_node *node);
int64_t ritual_toml_integer(const ritual_toml_node *node);
double ritual_toml_float(const ritual_toml_node *node);
bool ritual_toml_boolean(const ritual_toml_node *node);

/// A date, a time of day, or both; zeros for the missing part.
typedef struct {
  int32_t year, month, day, hour, minute, second, nanosecond;
  bool has_offset;
  /// East of UTC.
  int32_t offset_minutes;
} ritual_toml_date_time;

ritual_toml_date_time ritual_toml_node_date_time(const ritual_toml_node *node);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
