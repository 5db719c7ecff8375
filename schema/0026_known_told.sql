-- A known cause reaches several places, says it in English too, and remembers the time it had before.
ALTER TABLE matter_known RENAME COLUMN path TO places;                 -- codes parted by blanks
ALTER TABLE matter_known ADD COLUMN said_en text NOT NULL DEFAULT '';
ALTER TABLE matter_known ADD COLUMN was bigint;                        -- until, before it was moved last
-- Voices follow not only the end: 0 it ended without an answer, 1 it was answered, 2 there is news of it.
ALTER TABLE matter_following RENAME COLUMN answered TO what;
-- A standing problem is due on a day; what was counted when it ended stands in its last event.
ALTER TABLE matter_standing ADD COLUMN due integer;
ALTER TABLE matter_standing ADD COLUMN opener text NOT NULL DEFAULT '';
