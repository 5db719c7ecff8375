-- The hand-over of a shift (交接班): what was open when it was made, frozen, and who signed it. Nothing of a resident stands in it.
CREATE TABLE matter_shift (
  town   bigint  NOT NULL,
  id     bigint  NOT NULL,
  rev    integer NOT NULL,
  n      integer NOT NULL,   -- its last event
  chain  blob    NOT NULL,
  date   integer NOT NULL,   -- of the shift, as roster.csv writes it
  shift  text    NOT NULL,
  body   text    NOT NULL,   -- canonical JSON, matter/shift.h
  made   bigint  NOT NULL,
  maker  text    NOT NULL,
  out_by text    NOT NULL,   -- who gave it over and who took it over, by login; '' = not signed
  out_at bigint,
  in_by  text    NOT NULL,
  in_at  bigint,
  PRIMARY KEY (town, id)
);
CREATE UNIQUE INDEX matter_shift_date ON matter_shift (town, date, shift);
