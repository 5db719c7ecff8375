-- The search index, kept by a listener: tokens of a matter's title and report, never contacts. An erased matter leaves it.
--
-- Every token begins with its town, so the postings of one town stand apart from all others and no town's search
-- touches another's.
-- sqlite:
-- FTS5 keeps no text of its own (contentless), and to take a matter out again it must be told what was put in: hence the
-- copy, which goes in the same transaction.
CREATE TABLE insight_text (
  town   bigint NOT NULL,
  matter bigint NOT NULL,
  words  text   NOT NULL,
  PRIMARY KEY (town, matter)
);
CREATE VIRTUAL TABLE insight_words USING fts5(tokens, content='', columnsize=0, detail=none,
  tokenize="unicode61 remove_diacritics 0");
-- postgres:
CREATE TABLE insight_text (
  town   bigint NOT NULL,
  matter bigint NOT NULL,
  words  text COLLATE "C" NOT NULL,   -- always '': a row of tokens can be deleted as it is
  PRIMARY KEY (town, matter)
);
CREATE TABLE insight_words (
  town   bigint   NOT NULL,
  matter bigint   NOT NULL,
  tokens tsvector NOT NULL,
  PRIMARY KEY (town, matter)
);
CREATE INDEX insight_words_tokens ON insight_words USING gin (tokens);
-- both:
