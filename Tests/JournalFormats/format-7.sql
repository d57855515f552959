-- A journal of format 7: the tables as the versions with this format made them, and rows that such a
-- version wrote. Newest: events of calendars. Never changed; JournalTests/MigrationTests reads it.
PRAGMA journal_mode = WAL;
BEGIN TRANSACTION;
CREATE TABLE calendar_event (
      calendar TEXT NOT NULL,
      event TEXT NOT NULL,
      ritual TEXT NOT NULL,
      gone INTEGER,
      PRIMARY KEY (calendar, event)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "calendar_event" VALUES('us','old@example.org','us-old',1795721400000000);
INSERT INTO "calendar_event" VALUES('us','walk@example.org','evening-walk',NULL);
CREATE TABLE couple (seed INTEGER NOT NULL) STRICT;
INSERT INTO "couple" VALUES(-4611686018427387000);
CREATE TABLE daily_count (
      day INTEGER NOT NULL,
      ritual TEXT NOT NULL,
      outcome TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (day, ritual, outcome)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "daily_count" VALUES(20000,'goodbye-kiss','done',1);
INSERT INTO "daily_count" VALUES(20000,'long-hug','missed',2);
INSERT INTO "daily_count" VALUES(20001,'goodbye-kiss','skipped',1);
CREATE TABLE draw (
      deck TEXT NOT NULL,
      prompt TEXT NOT NULL,
      turn INTEGER NOT NULL CHECK (turn > 0),
      number INTEGER NOT NULL,
      PRIMARY KEY (deck, prompt)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "draw" VALUES('dinner','openers-3',1,1);
INSERT INTO "draw" VALUES('dinner','openers-7',2,2);
CREATE TABLE entry (
      id INTEGER PRIMARY KEY,
      occurrence INTEGER NOT NULL REFERENCES occurrence (id),
      at INTEGER NOT NULL,
      title TEXT NOT NULL,
      happening TEXT NOT NULL,
      answerer TEXT,
      reason TEXT,
      server TEXT,
      number INTEGER,
      until INTEGER,
      count INTEGER CHECK (count > 0),
      CHECK ((server IS NULL) = (number IS NULL))
    ) STRICT;
INSERT INTO "entry" VALUES(1,1,1795635000000000,'Goodbye kiss','due',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(2,1,1795635000000001,'Goodbye kiss','shown',NULL,NULL,'7f3a :1.42',11,NULL,NULL);
INSERT INTO "entry" VALUES(3,1,1795635180000000,'Goodbye kiss','done','notification',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(4,2,1795721400000000,'Goodbye kiss','due',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(5,2,1795721400000001,'Goodbye kiss','undelivered',NULL,'no notification server on the session bus',NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(6,2,1795721400000002,'Goodbye kiss','shown',NULL,NULL,'7f3a :1.42',12,NULL,NULL);
INSERT INTO "entry" VALUES(7,2,1795721460000000,'Goodbye kiss','skipped','command',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(8,3,1795635000000000,'Long hug','missed',NULL,'absent',NULL,NULL,NULL,2);
INSERT INTO "entry" VALUES(9,4,1795721400000000,'Long hug','due',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(10,4,1795721400000001,'Long hug','shown',NULL,NULL,'7f3a :1.42',13,NULL,NULL);
INSERT INTO "entry" VALUES(11,4,1795807500000000,'Long hug','expired',NULL,'superseded',NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(12,6,1795800600000000,'State of us','due',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(13,6,1795800600000001,'State of us','shown',NULL,NULL,'7f3a :1.42',16,NULL,NULL);
INSERT INTO "entry" VALUES(14,5,1795804200000000,'Evening walk','due',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(15,5,1795804260000000,'Evening walk','shown',NULL,NULL,'7f3a :1.42',17,NULL,NULL);
INSERT INTO "entry" VALUES(16,6,1795802400000000,'State of us','closed',NULL,'dismissed',NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(17,7,1795806000000000,'Tea','due',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(18,7,1795806000000001,'Tea','shown',NULL,NULL,'7f3a :1.42',18,NULL,NULL);
INSERT INTO "entry" VALUES(19,7,1795806600000000,'Tea','snoozed','command',NULL,NULL,NULL,1795809600000000,NULL);
INSERT INTO "entry" VALUES(20,8,1795807200000000,'Date night','due',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(21,8,1795807200000001,'Date night','held',NULL,'paused',NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(22,5,1795805400000000,'Evening walk','nudged',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "entry" VALUES(23,5,1795806600000000,'Evening walk','nudged',NULL,NULL,NULL,NULL,NULL,2);
CREATE TABLE note (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      ritual TEXT,
      guide TEXT
    ) STRICT;
INSERT INTO "note" VALUES(1,1795462200000000,'appreciation','The coffee you brought.',NULL,NULL);
INSERT INTO "note" VALUES(2,1795548600000000,'warm','',NULL,NULL);
INSERT INTO "note" VALUES(3,1795635000000000,'hard','Late again.',NULL,NULL);
INSERT INTO "note" VALUES(4,1795721400000000,'note','Line one
and two: „ä“.','state-of-us','state-of-us');
CREATE TABLE occurrence (
      id INTEGER PRIMARY KEY,
      ritual TEXT NOT NULL,
      scheduled INTEGER NOT NULL,
      came INTEGER NOT NULL,
      title TEXT NOT NULL,
      changed INTEGER NOT NULL,
      phase TEXT,
      outcome TEXT,
      server TEXT,
      number INTEGER,
      until INTEGER,
      was_shown INTEGER NOT NULL, due INTEGER NOT NULL DEFAULT 0, nudges INTEGER NOT NULL DEFAULT 0, prompt TEXT,
      UNIQUE (ritual, scheduled),
      CHECK ((phase IS NULL) <> (outcome IS NULL)),
      CHECK ((server IS NULL) = (number IS NULL))
    ) STRICT;
INSERT INTO "occurrence" VALUES(1,'goodbye-kiss',1795635000000000,1,'Goodbye kiss',1795635180000000,NULL,'done',NULL,NULL,NULL,1,0,0,NULL);
INSERT INTO "occurrence" VALUES(2,'goodbye-kiss',1795721400000000,2,'Goodbye kiss',1795721460000000,NULL,'skipped',NULL,NULL,NULL,1,0,0,NULL);
INSERT INTO "occurrence" VALUES(3,'long-hug',1795548600000000,3,'Long hug',1795635000000000,NULL,'missed',NULL,NULL,NULL,0,0,0,NULL);
INSERT INTO "occurrence" VALUES(4,'long-hug',1795721400000000,4,'Long hug',1795807500000000,NULL,'expired',NULL,NULL,NULL,1,0,0,NULL);
INSERT INTO "occurrence" VALUES(5,'evening-walk',1795804200000000,5,'Evening walk',1795804260000000,'shown',NULL,'7f3a :1.42',17,NULL,1,1795804200000000,2,NULL);
INSERT INTO "occurrence" VALUES(6,'state-of-us',1795800600000000,6,'State of us',1795802400000000,'closed',NULL,NULL,NULL,NULL,1,1795800600000000,0,'openers-3');
INSERT INTO "occurrence" VALUES(7,'tea',1795806000000000,7,'Tea',1795806600000000,'snoozed',NULL,NULL,NULL,1795809600000000,1,1795806000000000,0,NULL);
INSERT INTO "occurrence" VALUES(8,'date-night',1795807200000000,8,'Date night',1795807200000000,'due',NULL,NULL,NULL,NULL,0,1795807200000000,0,NULL);
CREATE TABLE standing_order (
      subject TEXT NOT NULL,
      ritual TEXT NOT NULL,
      since INTEGER NOT NULL,
      until INTEGER,
      PRIMARY KEY (subject, ritual)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "standing_order" VALUES('discretion','',1795807680000000,NULL);
INSERT INTO "standing_order" VALUES('pause','date-night',1795548600000000,1796153400000000);
CREATE TABLE timeout (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      since INTEGER NOT NULL,
      until INTEGER NOT NULL,
      stage TEXT NOT NULL,
      server TEXT,
      number INTEGER,
      CHECK ((server IS NULL) = (number IS NULL))
    ) STRICT;
INSERT INTO "timeout" VALUES(1,1795806900000000,1795808100000000,'resting',NULL,NULL);
CREATE TABLE tracking (
      ritual TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      since INTEGER NOT NULL
    , lead INTEGER, server TEXT, number INTEGER) STRICT, WITHOUT ROWID;
INSERT INTO "tracking" VALUES('date-night','FREQ=WEEKLY;INTERVAL=2;BYDAY=FR local',1795030200000000,NULL,NULL,NULL);
INSERT INTO "tracking" VALUES('evening-walk','FREQ=DAILY Europe/Berlin',1795030200000000,NULL,NULL,NULL);
INSERT INTO "tracking" VALUES('goodbye-kiss','Mon..Fri *-*-* 08:05:00 local',1795030200000000,NULL,NULL,NULL);
INSERT INTO "tracking" VALUES('long-hug','*-*-* 18:15:00 local',1795030200000000,NULL,NULL,NULL);
INSERT INTO "tracking" VALUES('state-of-us','Sun *-*-* 19:00:00 local',1795030200000000,1795980600000000,'7f3a :1.42',19);
INSERT INTO "tracking" VALUES('tea','*-*-* 16:00:00 local',1795030200000000,NULL,NULL,NULL);
CREATE INDEX occurrence_open ON occurrence (came) WHERE outcome IS NULL;
CREATE INDEX occurrence_scheduled ON occurrence (scheduled);
CREATE INDEX entry_occurrence ON entry (occurrence);
CREATE TRIGGER entry_is_not_rewritten BEFORE UPDATE ON entry
    BEGIN SELECT raise(ABORT, 'what happened is not rewritten'); END;
CREATE INDEX note_at ON note (at);
COMMIT;
PRAGMA application_id = 1919513717;
PRAGMA user_version = 7;
