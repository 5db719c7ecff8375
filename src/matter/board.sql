Boards: what is to be looked at, by why. Voices that wait for their cause stand under that one.

-- name: matter_board_due   many   read
-- in:   town int64, upto instant, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  what is owed an answer by a time, what runs out first on top; index matter_case_due
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND answered_at IS NULL AND shelved_until IS NULL
  AND due >= :due AND (due, id) > (:due, :after) AND due < :upto
 ORDER BY due, id LIMIT :max;

-- name: matter_board_holder   many   read
-- in:   town int64, holder text, raised int32, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  what lies with a person, all of it or what went up to them; index matter_case_holder
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND holder = :holder AND raised >= :raised
  AND due >= :due AND (due, id) > (:due, :after)
 ORDER BY due, id LIMIT :max;

-- name: matter_board_returned   many   read
-- in:   town int64, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  returned by a unit and not ruled on, the longest returned first; index matter_case_returned
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND returned_at IS NOT NULL AND ruled_at IS NULL
  AND (returned_at, id) > (:due, :after)
 ORDER BY returned_at, id LIMIT :max;

-- name: matter_board_asked   many   read
-- in:   town int64, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  a pause, more time or a shelving was asked for and nobody has decided, the oldest matter first; index matter_case_asked
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND asked <> ''
  AND id > :after
 ORDER BY id LIMIT :max;

-- name: matter_board_called   many   read
-- in:   town int64, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  a unit called in still owes its answer; index matter_case_called
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND tasks_open > 0
  AND due >= :due AND (due, id) > (:due, :after)
 ORDER BY due, id LIMIT :max;

-- name: matter_board_paused   many   read
-- in:   town int64, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  paused by consent; index matter_case_paused
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND state = 'paused'
  AND due >= :due AND (due, id) > (:due, :after)
 ORDER BY due, id LIMIT :max;

-- name: matter_board_shelved   many   read
-- in:   town int64, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  shelved, the next to be looked at first; index matter_case_shelved
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND shelved_until IS NOT NULL
  AND (shelved_until, id) > (:due, :after)
 ORDER BY shelved_until, id LIMIT :max;

-- name: matter_board_reopened   many   read
-- in:   town int64, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  the reporter said it is not solved; index matter_case_again
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND reopened > 0
  AND due >= :due AND (due, id) > (:due, :after)
 ORDER BY due, id LIMIT :max;

-- name: matter_board_place_call   many   read
-- in:   town int64, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  the reporter is to be asked where it is, the oldest first; index matter_case_place_call
SELECT id, rev, proc, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause, clocks, answered_at, returned_by, returned_at, ruled_at, reopened, asked, shelved_until, tasks_open, place_call
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0 AND place_call = 1
  AND id > :after
 ORDER BY id LIMIT :max;

-- name: matter_board_triage   many   read
-- in:   town int64, unit text, due instant, after int64, max int32
-- out:  id int64, rev int32, proc text, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?, clocks text, answered_at instant?, returned_by text, returned_at instant?, ruled_at instant?, reopened int32, asked text, shelved_until instant?, tasks_open int32, place_call bool
-- why:  place or subject not known, or with the fallback unit; indexes matter_case_placing and matter_case_unit
SELECT c.id, c.rev, c.proc, c.state, c.open, c.subject, c.level, c.urgent, c.grid, c.path, c.unit, c.unit_path, c.assist, c.called, c.post, c.holder, c.raised, c.respondent,
  c.opened, c.due, c.voices, c.cause, c.clocks, c.answered_at, c.returned_by, c.returned_at, c.ruled_at, c.reopened, c.asked, c.shelved_until, c.tasks_open, c.place_call
 FROM (SELECT id AS placing, due AS by_when FROM matter_case
        WHERE town = :town AND open = 1 AND waits = 0 AND state = 'placing' AND (due, id) > (:due, :after)
       UNION ALL
       SELECT id, due FROM matter_case
        WHERE town = :town AND unit = :unit AND open = 1 AND waits = 0 AND state <> 'placing' AND answered_at IS NULL AND (due, id) > (:due, :after)) AS k
 JOIN matter_case c ON c.town = :town AND c.id = k.placing
 ORDER BY k.by_when, k.placing LIMIT :max;

-- name: matter_board_counts   many   read
-- in:   town int64, now instant, tomorrow instant, fallback text, holder text, max int32
-- out:  path text, unit_path text, assist text, called text, respondent text, today int64, overdue int64, triage int64, returned int64, asked int64, called_in int64, paused int64, shelved int64, reopened int64, place_call int64, escalated int64, mine int64
-- why:  how many stand on each board, by what decides who may see them; index matter_case_due
SELECT path, unit_path, assist, called, respondent,
  CAST(sum(CASE WHEN due >= :now AND due < :tomorrow AND answered_at IS NULL AND shelved_until IS NULL THEN 1 ELSE 0 END) AS bigint) AS today,
  CAST(sum(CASE WHEN due < :now AND answered_at IS NULL AND shelved_until IS NULL THEN 1 ELSE 0 END) AS bigint) AS overdue,
  CAST(sum(CASE WHEN state = 'placing' OR (unit = :fallback AND answered_at IS NULL) THEN 1 ELSE 0 END) AS bigint) AS triage,
  CAST(sum(CASE WHEN returned_at IS NOT NULL AND ruled_at IS NULL THEN 1 ELSE 0 END) AS bigint) AS returned,
  CAST(sum(CASE WHEN asked <> '' THEN 1 ELSE 0 END) AS bigint) AS asked,
  CAST(sum(CASE WHEN tasks_open > 0 THEN 1 ELSE 0 END) AS bigint) AS called_in,
  CAST(sum(CASE WHEN state = 'paused' THEN 1 ELSE 0 END) AS bigint) AS paused,
  CAST(sum(CASE WHEN shelved_until IS NOT NULL THEN 1 ELSE 0 END) AS bigint) AS shelved,
  CAST(sum(CASE WHEN reopened > 0 THEN 1 ELSE 0 END) AS bigint) AS reopened,
  CAST(sum(CASE WHEN place_call = 1 THEN 1 ELSE 0 END) AS bigint) AS place_call,
  CAST(sum(CASE WHEN holder = :holder AND raised > 0 THEN 1 ELSE 0 END) AS bigint) AS escalated,
  CAST(sum(CASE WHEN holder = :holder THEN 1 ELSE 0 END) AS bigint) AS mine
 FROM matter_case WHERE town = :town AND open = 1 AND waits = 0
 GROUP BY path, unit_path, assist, called, respondent
 ORDER BY path COLLATE binary, unit_path COLLATE binary, assist COLLATE binary, called COLLATE binary, respondent COLLATE binary LIMIT :max;
