#ifndef RITUAL_CSQLITE_H
#define RITUAL_CSQLITE_H
#include <sqlite3.h>

/// SQLITE_TRANSIENT is a cast that Swift cannot import. SQLite copies the bytes before it returns.
static inline int ritual_sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *bytes, int count) {
    return sqlite3_bind_text(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// sqlite3_db_config is variadic, so Swift cannot call it. 1 leaves the write-ahead log as it is when the
/// last connection closes, instead of moving it into the database.
static inline int ritual_sqlite3_keep_log_on_close(sqlite3 *database, int on) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on, (int *)0);
}
#endif
