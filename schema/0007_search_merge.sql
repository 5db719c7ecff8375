-- Segments of the search index are merged less often than FTS5 does by itself: half the writing while many reports come
-- in, a few more segments to look through when somebody searches.
-- sqlite:
INSERT INTO insight_words (insight_words, rank) VALUES ('automerge', 8);
-- postgres:
SELECT 1;
-- both:
