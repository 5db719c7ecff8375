Statements about matters that share one cause.

-- name: matter_voice_joins   must   write
-- in:   town int64, cause int64
-- why:  the cause's row is where joining meets answering: who comes second looks again. Its revision stays, since nothing of its own has changed
UPDATE matter_case SET voices = voices + 1
 WHERE town = :town AND id = :cause AND open = 1 AND waits = 0 AND answered_at IS NULL;

-- name: matter_voice_parts   must   write
-- in:   town int64, cause int64
-- why:  one voice less
UPDATE matter_case SET voices = voices - 1 WHERE town = :town AND id = :cause AND voices > 0;

-- name: matter_voices_waiting   many   read
-- in:   town int64, cause int64, after int64, max int32
-- out:  id int64
-- why:  who is still to be answered; index matter_case_waits
SELECT id FROM matter_case WHERE town = :town AND cause = :cause AND waits = 1 AND id > :after ORDER BY id LIMIT :max;

-- name: matter_voices_sum   one   read
-- in:   town int64, cause int64
-- out:  n int64, waiting int64, first_opened instant?, first_due instant?
-- why:  how many speak of it, and the earliest that is promised to one of them; index matter_case_cause
SELECT count(*) AS n, CAST(coalesce(sum(waits), 0) AS bigint) AS waiting, min(opened) AS first_opened,
  min(CASE WHEN waits = 1 THEN due END) AS first_due
 FROM matter_case WHERE town = :town AND cause = :cause;

-- name: matter_voices   many   read
-- in:   town int64, cause int64, after int64, max int32
-- out:  id int64, rev int32, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?
-- why:  those that were joined to a matter, the oldest first; index matter_case_cause
SELECT id, rev, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause
 FROM matter_case WHERE town = :town AND cause = :cause AND id > :after ORDER BY id LIMIT :max;

-- name: matter_following_add   exec   write
-- in:   town int64, cause int64, n int32, what int32, actor text
-- why:  a cause has spoken
INSERT INTO matter_following (town, cause, n, what, actor, upto) VALUES (:town, :cause, :n, :what, :actor, 0)
ON CONFLICT (town, cause) DO UPDATE SET n = excluded.n, what = excluded.what, actor = excluded.actor, upto = 0;

-- name: matter_following_get   one   read
-- in:   town int64, cause int64
-- out:  n int32, what int32, actor text, upto int64
-- why:  what its voices are told, and how far that went
SELECT n, what, actor, upto FROM matter_following WHERE town = :town AND cause = :cause;

-- name: matter_following_move   must   write
-- in:   town int64, cause int64, n int32, was int64, upto int64
-- why:  a page of voices was seen to
UPDATE matter_following SET upto = :upto WHERE town = :town AND cause = :cause AND n = :n AND upto = :was;

-- name: matter_following_done   must   write
-- in:   town int64, cause int64, n int32, was int64
-- why:  all of them were
DELETE FROM matter_following WHERE town = :town AND cause = :cause AND n = :n AND upto = :was;

-- name: matter_following   many   read
-- in:   town int64, max int32
-- out:  cause int64
-- why:  what a stopped server left undone, and causes with more voices than go into one transaction
SELECT cause FROM matter_following WHERE town = :town ORDER BY cause LIMIT :max;

-- name: matter_said   one   read
-- in:   town int64, matter int64, n int32
-- out:  words text?
-- why:  the words of one step
SELECT words FROM matter_entry WHERE town = :town AND matter = :matter AND n = :n;

-- name: matter_similar   many   read
-- in:   town int64, grid text, after int64, released bool, max int32
-- out:  id int64, subject text, state text, path text, unit_path text, assist text, called text, opened instant, cause int64?, waits bool, voices int32, words text?, why text?
-- why:  what might be the same, when somebody asks: the newest open matters of a grid with what was said of them. Complaints about somebody are left out; for residents what no clerk made public, itself or what it waits for, does not exist. Index matter_case_grid
SELECT c.id, c.subject, c.state, c.path, c.unit_path, c.assist, c.called, c.opened, c.cause, c.waits, c.voices, e.words, e.why
 FROM matter_case c LEFT JOIN matter_entry e ON e.town = c.town AND e.matter = c.id AND e.n = 1
 WHERE c.town = :town AND c.grid = :grid AND c.id > :after AND c.open = 1 AND c.answered_at IS NULL AND c.respondent = ''
  AND (:released = 0 OR EXISTS (SELECT 1 FROM matter_release r WHERE r.town = c.town AND r.matter = CASE WHEN c.waits = 1 THEN c.cause ELSE c.id END))
 ORDER BY c.id DESC LIMIT :max;

-- name: matter_known_add   exec   write
-- in:   town int64, cause int64, subject text, places text, since instant, until instant, said text, said_en text, announcer text
-- why:  a known cause is announced
INSERT INTO matter_known (town, cause, subject, places, since, until, said, said_en, announcer)
VALUES (:town, :cause, :subject, :places, :since, :until, :said, :said_en, :announcer);

-- name: matter_known_move   must   write
-- in:   town int64, cause int64, until instant, was instant, said text, said_en text, why text, moved int32
-- why:  its time is moved; the matter's revision guards it
UPDATE matter_known SET until = :until, was = :was, said = :said, said_en = :said_en, why = :why, moved = :moved WHERE town = :town AND cause = :cause;

-- name: matter_known_erase   exec   write
-- in:   town int64, cause int64
-- why:  the words of its matter go, and so do these
UPDATE matter_known SET said = '', said_en = '', why = '' WHERE town = :town AND cause = :cause;

-- name: matter_known_get   one   read
-- in:   town int64, cause int64
-- out:  cause int64, subject text, places text, since instant, until instant, was instant?, said text, said_en text, why text, announcer text, moved int32, voices int32
-- why:  one announcement
SELECT k.cause, k.subject, k.places, k.since, k.until, k.was, k.said, k.said_en, k.why, k.announcer, k.moved, c.voices
 FROM matter_known k JOIN matter_case c ON c.town = k.town AND c.id = k.cause WHERE k.town = :town AND k.cause = :cause;

-- name: matter_known   many   read
-- in:   town int64, max int32
-- out:  cause int64, subject text, places text, since instant, until instant, was instant?, said text, said_en text, why text, announcer text, moved int32, voices int32
-- why:  those in force, the newest first; few rows in all, each with its matter by key
SELECT k.cause, k.subject, k.places, k.since, k.until, k.was, k.said, k.said_en, k.why, k.announcer, k.moved, c.voices
 FROM matter_known k JOIN matter_case c ON c.town = k.town AND c.id = k.cause
 WHERE k.town = :town AND c.open = 1 AND c.answered_at IS NULL ORDER BY c.id DESC LIMIT :max;

-- name: matter_known_page   many   read
-- in:   town int64, after int64, max int32
-- out:  cause int64, subject text, places text, until instant, moved int32
-- why:  all of them, for the proof
SELECT cause, subject, places, until, moved FROM matter_known WHERE town = :town AND cause > :after ORDER BY cause LIMIT :max;

-- name: matter_standing_add   exec   write
-- in:   town int64, id int64, chain blob, subject text, path text, unit text, post text, plan text, goal int32, since day, due day?, opened instant, opener text
-- why:  a problem that comes back gets an owner, a plan and a measure
INSERT INTO matter_standing (town, id, rev, n, chain, subject, path, unit, post, plan, goal, since, due, opened, opener)
VALUES (:town, :id, 1, 1, :chain, :subject, :path, :unit, :post, :plan, :goal, :since, :due, :opened, :opener);

-- name: matter_standing_save   must   write
-- in:   town int64, id int64, rev int32, n int32, chain blob, unit text, post text, plan text, goal int32, due day?, ended instant?, outcome text
-- why:  another owner, plan or goal, or its end, under the revision that was read
UPDATE matter_standing SET rev = rev + 1, n = :n, chain = :chain, unit = :unit, post = :post, plan = :plan, goal = :goal, due = :due,
  ended = :ended, outcome = :outcome WHERE town = :town AND id = :id AND rev = :rev;

-- name: matter_standing   many   read
-- in:   town int64, id int64, max int32
-- out:  id int64, rev int32, n int32, chain blob, subject text, path text, unit text, post text, plan text, goal int32, since day, due day?, opened instant, ended instant?, outcome text, opener text
-- why:  one (id) or all of them (0), the newest first; few rows in all
SELECT id, rev, n, chain, subject, path, unit, post, plan, goal, since, due, opened, ended, outcome, opener
 FROM matter_standing WHERE town = :town AND (:id = 0 OR id = :id) ORDER BY id DESC LIMIT :max;
