-- What was erased on request: the list that outlives a backup (a copy of it stands outside the database). What retention.csv
-- takes needs no list: it is taken again.
CREATE TABLE matter_erased (
  town   bigint NOT NULL,
  matter bigint NOT NULL,
  at     bigint NOT NULL,
  actor  text   NOT NULL,   -- reporter or staff
  basis  text   NOT NULL,
  PRIMARY KEY (town, matter)
) WITHOUT ROWID;
CREATE INDEX matter_erased_at ON matter_erased (town, at, matter);
-- 0: all that was written is there; 1: what the reporter wrote is gone; 2: all of it is.
ALTER TABLE matter_case ADD COLUMN wordless integer NOT NULL DEFAULT 0;
UPDATE matter_case SET wordless = 2
 WHERE EXISTS (SELECT 1 FROM matter_entry e WHERE e.town = matter_case.town AND e.matter = matter_case.id AND e.erased IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM matter_entry e WHERE e.town = matter_case.town AND e.matter = matter_case.id AND e.erased IS NULL);
-- What ended and still holds a contact, or words: the daily round looks for the oldest.
CREATE INDEX matter_case_contact ON matter_case (town, closed_at, id) WHERE open = 0 AND person IS NOT NULL;
CREATE INDEX matter_case_words ON matter_case (town, closed_at, id) WHERE open = 0 AND wordless < 2;
