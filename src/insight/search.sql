Statements of the search index. :tokens are blank-separated, each beginning with the town (insight/tokens.h).

-- name: insight_reports   many   read
-- in:   town int64, ids text
-- out:  matter int64, words text?
-- why:  titles and reports of up to 256 matters, whose numbers are given as '1,2,3'; NULL once erased
SELECT e.matter, e.words
-- sqlite:
 FROM json_each(CASE WHEN json_valid('[' || :ids || ']') THEN '[' || :ids || ']' ELSE '[]' END) AS k CROSS JOIN matter_entry e
 WHERE e.town = :town AND e.matter = k.value AND e.n = 1 LIMIT 256;
-- postgres:
 FROM unnest(CAST(string_to_array(CASE WHEN :ids ~ '^[0-9]+(,[0-9]+)*$' THEN :ids ELSE '' END, ',') AS bigint[])) AS k (id)
 CROSS JOIN LATERAL (SELECT matter, words FROM matter_entry WHERE town = :town AND matter = k.id AND n = 1 OFFSET 0) e LIMIT 256;
-- both:

-- name: insight_words_add   exec   write
-- in:   town int64, batch text
-- why:  before insight_text_add, which marks them as indexed: such are left out; :batch is {"matter":"tokens", ...}, anything else is
--       none. One statement for many matters: FTS5 writes what it has gathered to its segments at the end of every statement
-- sqlite:
INSERT INTO insight_words (rowid, tokens)
SELECT CAST(j.key AS integer), j.value FROM json_each(CASE WHEN substr(:batch, 1, 1) = '{' THEN :batch ELSE '{}' END) AS j
 WHERE NOT EXISTS (SELECT 1 FROM insight_text t WHERE t.town = :town AND t.matter = CAST(j.key AS integer));
-- postgres:
INSERT INTO insight_words (town, matter, tokens)
SELECT :town, CAST(j.key AS bigint), array_to_tsvector(string_to_array(j.value, ' '))
 FROM json_each_text(CAST(CASE WHEN left(:batch, 1) = '{' THEN :batch ELSE '{}' END AS json)) AS j
ON CONFLICT (town, matter) DO NOTHING;
-- both:

-- name: insight_text_add   exec   write
-- in:   town int64, matter int64, words text
-- why:  this matter is indexed now
INSERT INTO insight_text (town, matter, words)
-- sqlite:
VALUES (:town, :matter, :words)
-- postgres:
VALUES (:town, :matter, left(:words, 0))
-- both:
ON CONFLICT (town, matter) DO NOTHING;

-- name: insight_text_get   one   read
-- in:   town int64, matter int64
-- out:  words text
-- why:  what the index was given, to take it out again
SELECT words FROM insight_text WHERE town = :town AND matter = :matter;

-- name: insight_words_drop   exec   write
-- in:   town int64, matter int64, tokens text
-- why:  before insight_text_drop; FTS5 is told which tokens to take out, PostgreSQL deletes its row
-- sqlite:
INSERT INTO insight_words (insight_words, rowid, tokens)
SELECT 'delete', matter, :tokens FROM insight_text WHERE town = :town AND matter = :matter;
-- postgres:
DELETE FROM insight_words WHERE town = :town AND matter = :matter AND :tokens IS NOT NULL;
-- both:

-- name: insight_text_drop   exec   write
-- in:   town int64, matter int64
-- why:  an erased matter leaves the index
DELETE FROM insight_text WHERE town = :town AND matter = :matter;

-- name: insight_words_merge   exec   write
-- in:   town int64, pages int32
-- global: segments of the index hold the tokens of all towns
-- why:  rewrite :pages pages of the index so that what was taken out is gone; negative: begin with all segments. PostgreSQL deletes
--       a row of tokens whole
-- sqlite:
INSERT INTO insight_words (insight_words, rank) SELECT 'merge', :pages WHERE :town > 0;
-- postgres:
DELETE FROM insight_words WHERE town = :town AND matter = 0 AND :pages = 0;
-- both:

-- name: insight_words_segments   one   read
-- in:   town int64
-- out:  state blob
-- global: segments of the index hold the tokens of all towns
-- why:  FTS5's list of segments, to see whether a merge changed anything
-- sqlite:
SELECT CASE WHEN EXISTS (SELECT 1 FROM insight_words_idx) THEN block ELSE CAST('' AS blob) END AS state FROM insight_words_data
 WHERE id = 10 AND :town > 0;
-- postgres:
SELECT CAST('' AS bytea) AS state WHERE :town > 0;
-- both:

-- name: insight_words_find   many   read
-- in:   town int64, query text, before int64, max int32
-- out:  matter int64
-- why:  matters that hold every token, the newest first; a token that ends in * stands for all that begin so
-- sqlite:
SELECT t.matter FROM insight_words w CROSS JOIN insight_text t ON t.town = :town AND t.matter = w.rowid
 WHERE w.insight_words MATCH :query AND w.rowid < :before ORDER BY w.rowid DESC LIMIT :max;
-- postgres:
SELECT matter FROM insight_words
 WHERE town = :town AND tokens @@ CAST(replace(replace(:query, ' ', ' & '), '*', ':*') AS tsquery) AND matter < :before
 ORDER BY matter DESC LIMIT :max;
-- both:
