-- What a named human decided about words that corrections taught (matter/lesson.h): no word of one resident's, only pieces of five texts and more.
CREATE TABLE matter_lesson (
  town    bigint NOT NULL,
  subject text   NOT NULL,
  word    text   NOT NULL,
  actor   text   NOT NULL,
  at      bigint NOT NULL,
  draft   bigint,            -- the draft of the folder that it went into; NULL: declined
  PRIMARY KEY (town, subject, word)
);
