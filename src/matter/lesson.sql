Statements of what corrections teach (matter/lesson.h).

-- name: matter_lesson_look   many   read
-- in:   town int64, after int64, max int32
-- out:  subject text, matched text, words text?
-- why:  the newest matters with the subject they have now and what was said at first; complaints about somebody, and what was erased, teach nothing. Primary key
SELECT c.subject, c.matched, e.words FROM matter_case c JOIN matter_entry e ON e.town = c.town AND e.matter = c.id AND e.n = 1
 WHERE c.town = :town AND c.id > :after AND c.respondent = '' AND c.subject <> '' AND e.words IS NOT NULL
 ORDER BY c.id DESC LIMIT :max;

-- name: matter_lesson_decided   many   read
-- in:   town int64
-- out:  subject text, word text, actor text, at instant, draft int64?, state text?
-- why:  what was decided about words, with how the draft stands that they went into
SELECT l.subject, l.word, l.actor, l.at, l.draft, d.state FROM matter_lesson l LEFT JOIN town_draft d ON d.town = l.town AND d.id = l.draft
 WHERE l.town = :town ORDER BY l.subject COLLATE binary, l.word COLLATE binary LIMIT 5000;

-- name: matter_lesson_decide   exec   write
-- in:   town int64, subject text, word text, actor text, at instant, draft int64?
-- why:  the last decision counts
INSERT INTO matter_lesson (town, subject, word, actor, at, draft) VALUES (:town, :subject, :word, :actor, :at, :draft)
 ON CONFLICT (town, subject, word) DO UPDATE SET actor = excluded.actor, at = excluded.at, draft = excluded.draft;
