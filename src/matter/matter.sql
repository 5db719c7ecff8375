-- name: matter_add   must   write
-- in:   town int64, id int64, chain blob, proc text, version int64, state text, open bool, subject text, matched text, level text, urgent bool, grid text, path text, located text, unit text, unit_path text, assist text, duty text, post text, holder text, respondent text, source text, person int64?, opened instant, due instant?, next_at instant?, clocks text, code blob, files int32, place_call bool, householder int64?
-- why:  intake; refuses when the town's version has moved on since the decision was made
INSERT INTO matter_case (town, id, rev, n, chain, proc, version, state, open, subject, matched, level, urgent, grid, path,
  located, unit, unit_path, assist, duty, post, holder, raised, respondent, source, person, opened, due, next_at, clocks, code, files,
  place_call, householder)
SELECT :town, :id, 1, 1, :chain, :proc, :version, :state, :open, :subject, :matched, :level, :urgent, :grid, :path,
  :located, :unit, :unit_path, :assist, :duty, :post, :holder, 0, :respondent, :source, :person, :opened, :due, :next_at,
  :clocks, :code, :files, :place_call, :householder
 WHERE EXISTS (SELECT 1 FROM town_head WHERE town = :town AND version = :version);

-- name: matter_get   one   read
-- in:   town int64, id int64
-- out:  id int64, rev int32, n int32, chain blob, proc text, version int64, state text, open bool, subject text, matched text, level text, urgent bool, grid text, path text, located text, unit text, unit_path text, assist text, duty text, post text, holder text, raised int32, respondent text, source text, person int64?, opened instant, due instant?, next_at instant?, clocks text, code blob, signed_at instant?, contacted_at instant?, answered_at instant?, closed_at instant?, solved int32?, satisfied int32?, returned_by text, returned_duty text, returned_at instant?, ruled_at instant?, upheld int32?, reopened int32, reviewed bool, cause int64?, waits bool, voices int32, tasks int32, tasks_open int32, tasks_next instant?, tasks_provisional bool, called text, asked text, asked_by text, pauses int32, extensions int32, shelved_until instant?, call_open bool, calls int32, call_days int32, last_call instant?, call_rated bool, files int32, place_call bool, place_calls int32, householder int64?
-- why:  one matter
SELECT id, rev, n, chain, proc, version, state, open, subject, matched, level, urgent, grid, path, located, unit, unit_path,
  assist, duty, post, holder, raised, respondent, source, person, opened, due, next_at, clocks, code, signed_at, contacted_at,
  answered_at, closed_at, solved, satisfied, returned_by, returned_duty, returned_at, ruled_at, upheld, reopened, reviewed,
  cause, waits, voices, tasks, tasks_open, tasks_next, tasks_provisional, called,
  asked, asked_by, pauses, extensions, shelved_until, call_open, calls, call_days, last_call, call_rated, files,
  place_call, place_calls, householder
 FROM matter_case WHERE town = :town AND id = :id;

-- name: matter_by_code   one   read
-- in:   town int64, code blob
-- out:  id int64
-- why:  a reporter's tracking code
SELECT id FROM matter_case WHERE town = :town AND code = :code;

-- name: matter_save   must   write
-- in:   town int64, id int64, rev int32, n int32, chain blob, version int64, state text, open bool, subject text, matched text, level text, urgent bool, grid text, path text, located text, unit text, unit_path text, assist text, duty text, post text, holder text, raised int32, person int64?, due instant?, next_at instant?, clocks text, signed_at instant?, contacted_at instant?, answered_at instant?, closed_at instant?, solved int32?, satisfied int32?, returned_by text, returned_duty text, returned_at instant?, ruled_at instant?, upheld int32?, reopened int32, reviewed bool, cause int64?, waits bool, tasks int32, tasks_open int32, tasks_next instant?, tasks_provisional bool, called text, asked text, asked_by text, pauses int32, extensions int32, shelved_until instant?, call_open bool, calls int32, call_days int32, last_call instant?, call_rated bool, files int32, place_call bool, place_calls int32, householder int64?
-- why:  every change of a matter, under the revision that was read
UPDATE matter_case SET rev = rev + 1, n = :n, chain = :chain, version = :version, state = :state, open = :open,
  subject = :subject, matched = :matched, level = :level, urgent = :urgent, grid = :grid, path = :path, located = :located,
  unit = :unit, unit_path = :unit_path, assist = :assist, duty = :duty, post = :post, holder = :holder, raised = :raised, person = :person,
  due = :due, next_at = :next_at, clocks = :clocks, signed_at = :signed_at, contacted_at = :contacted_at, answered_at = :answered_at,
  closed_at = :closed_at, solved = :solved, satisfied = :satisfied, returned_by = :returned_by, returned_duty = :returned_duty,
  returned_at = :returned_at, ruled_at = :ruled_at, upheld = :upheld, reopened = :reopened, reviewed = :reviewed,
  cause = :cause, waits = :waits, tasks = :tasks, tasks_open = :tasks_open, tasks_next = :tasks_next,
  tasks_provisional = :tasks_provisional, called = :called,
  asked = :asked, asked_by = :asked_by, pauses = :pauses, extensions = :extensions, shelved_until = :shelved_until,
  call_open = :call_open, calls = :calls, call_days = :call_days, last_call = :last_call, call_rated = :call_rated, files = :files,
  place_call = :place_call, place_calls = :place_calls, householder = :householder
 WHERE town = :town AND id = :id AND rev = :rev AND (:waits = 0 OR voices = 0);

-- name: matter_entry_add   exec   write
-- in:   town int64, matter int64, n int32, salt blob?, words text?, why text?
-- why:  the words and the explanation beside an event
INSERT INTO matter_entry (town, matter, n, salt, words, why) VALUES (:town, :matter, :n, :salt, :words, :why);

-- name: matter_entries   many   read
-- in:   town int64, matter int64
-- out:  n int32, words text?, has_why bool, erased text?
-- why:  the story of one matter
SELECT n, words, CASE WHEN why IS NULL THEN 0 ELSE 1 END AS has_why, erased
 FROM matter_entry WHERE town = :town AND matter = :matter ORDER BY n LIMIT 1000;

-- name: matter_why   one   read
-- in:   town int64, matter int64
-- out:  why text?
-- why:  the explanation of the last dispatch; NULL when it was erased
SELECT why FROM matter_entry WHERE town = :town AND matter = :matter
 ORDER BY CASE WHEN why IS NULL THEN 1 ELSE 0 END, n DESC LIMIT 1;

-- name: matter_verify_page   many   read
-- in:   town int64, after int64, max int32
-- out:  id int64, n int32, chain blob, open bool, unit text, clocks text, voices int32, named int64, hash blob?
-- why:  linli verify: every row beside its last event and the rows that name it as their cause
SELECT c.id, c.n, c.chain, c.open, c.unit, c.clocks, c.voices,
  (SELECT count(*) FROM matter_case v WHERE v.town = c.town AND v.cause = c.id) AS named, e.hash FROM matter_case c
 LEFT JOIN store_event e ON e.town = c.town AND e.matter = c.id AND e.n = c.n
 WHERE c.town = :town AND c.id > :after ORDER BY c.id LIMIT :max;

-- name: matter_verify_entries   many   read
-- in:   town int64, after int64, after_n int32, max int32
-- out:  matter int64, n int32, salt blob?, words text?, why text?, erased text?, body text?
-- why:  linli verify: every entry beside its event
SELECT r.matter, r.n, r.salt, r.words, r.why, r.erased, e.body FROM matter_entry r
 LEFT JOIN store_event e ON e.town = r.town AND e.matter = r.matter AND e.n = r.n
 WHERE r.town = :town AND (r.matter > :after OR (r.matter = :after AND r.n > :after_n)) ORDER BY r.matter, r.n LIMIT :max;

-- name: matter_verify_events   many   read
-- in:   town int64, after int64, after_n int32, max int32
-- out:  matter int64, n int32, kind text, body text, entry bool, gone bool, row_n int32?, state text?, subject text?, grid text?, unit text?, post text?, holder text?, duty text?, version int64?, urgent bool?, source text?, solved int32?, satisfied int32?, returned_by text?, returned_duty text?, upheld int32?, reopened int32?, cause int64?, waits bool?, tasks int32?, tasks_open int32?, called text?, asked text?, pauses int32?, extensions int32?, calls int32?, files int32?, order_state text?, place_call bool?, place_calls int32?, householder bool?
-- why:  linli verify: every event in order, with its entry, and the row beside the last one
SELECT e.matter, e.n, e.kind, e.body, CASE WHEN r.n IS NULL THEN 0 ELSE 1 END, CASE WHEN r.erased IS NULL THEN 0 ELSE 1 END,
  c.n, c.state, c.subject, c.grid, c.unit, c.post, c.holder, c.duty, c.version, c.urgent, c.source, c.solved, c.satisfied,
  c.returned_by, c.returned_duty, c.upheld, c.reopened, c.cause, c.waits, c.tasks, c.tasks_open, c.called, c.asked, c.pauses, c.extensions, c.calls, c.files, o.state,
  c.place_call, c.place_calls, CASE WHEN c.householder IS NULL THEN 0 ELSE 1 END AS householder
 FROM store_event e
 LEFT JOIN matter_entry r ON r.town = e.town AND r.matter = e.matter AND r.n = e.n
 LEFT JOIN matter_case c ON c.town = e.town AND c.id = e.matter AND c.n = e.n
 LEFT JOIN matter_order o ON o.town = c.town AND o.matter = c.id
 WHERE e.town = :town AND (e.matter > :after OR (e.matter = :after AND e.n > :after_n)) ORDER BY e.matter, e.n LIMIT :max;

-- name: matter_list_grid   many   read
-- in:   town int64, grid text, before int64, max int32
-- out:  id int64, rev int32, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?
-- why:  the newest matters of a grid; index matter_case_grid
SELECT id, rev, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause
 FROM matter_case WHERE town = :town AND grid = :grid AND id < :before ORDER BY id DESC LIMIT :max;

-- name: matter_upheld_count   one   read
-- in:   town int64, duty text
-- out:  n int64
-- why:  how often a matter sent by this row of the duty list was returned rightly; index matter_case_upheld
SELECT count(*) FROM matter_case WHERE town = :town AND returned_duty = :duty AND upheld = 1;

-- name: matter_list_calls   many   read
-- in:   town int64, closed instant, after int64, max int32
-- out:  id int64, rev int32, subject text, grid text, path text, unit text, unit_path text, assist text, called text, respondent text, closed_at instant, calls int32, call_days int32, last_call instant?
-- why:  whose reporter is to be called back, the longest ended first; index matter_case_calls
SELECT id, rev, subject, grid, path, unit, unit_path, assist, called, respondent, closed_at, calls, call_days, last_call
 FROM matter_case WHERE town = :town AND call_open = 1 AND (closed_at > :closed OR (closed_at = :closed AND id > :after))
 ORDER BY closed_at, id LIMIT :max;

-- name: matter_list_unit   many   read
-- in:   town int64, unit text, open bool, due instant, after int64, max int32
-- out:  id int64, rev int32, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?
-- why:  what a unit owes, what runs out first on top; what is joined to another stands under that one; index matter_case_unit
SELECT id, rev, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause
 FROM matter_case WHERE town = :town AND unit = :unit AND open = :open AND waits = 0 AND (due > :due OR (due = :due AND id > :after))
 ORDER BY due, id LIMIT :max;

-- name: matter_list_town   many   read
-- in:   town int64, before int64, max int32
-- out:  id int64, rev int32, state text, open bool, subject text, level text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, post text, holder text, raised int32, respondent text, opened instant, due instant?, voices int32, cause int64?
-- why:  the newest matters of a town; primary key
SELECT id, rev, state, open, subject, level, urgent, grid, path, unit, unit_path, assist, called, post, holder, raised, respondent,
  opened, due, voices, cause
 FROM matter_case WHERE town = :town AND id < :before ORDER BY id DESC LIMIT :max;

-- name: matter_ringing   many   read
-- in:   town int64, now instant, max int32
-- out:  id int64
-- why:  clocks whose next alarm has come; index matter_case_clock
SELECT id FROM matter_case WHERE town = :town AND next_at <= :now ORDER BY next_at LIMIT :max;

-- name: matter_next_alarm   one   read
-- in:   town int64
-- out:  at instant?
-- why:  when the clock has to look again
SELECT min(next_at) FROM matter_case WHERE town = :town AND next_at IS NOT NULL;

-- name: matter_open_page   many   read
-- in:   town int64, after int64, max int32
-- out:  id int64, proc text, subject text, path text, unit text, duty text, opened instant, clocks text, tasks_provisional bool
-- why:  linli diff and provisional deadlines walk the open matters
SELECT id, proc, subject, path, unit, duty, opened, clocks, tasks_provisional
 FROM matter_case WHERE town = :town AND id > :after AND open = 1 ORDER BY id LIMIT :max;

-- name: matter_tasks   many   read
-- in:   town int64, matter int64
-- out:  k int32, unit text, unit_path text, lead text, reach text, post text, holder text, raised int32, state text, open bool, clocks text, asked instant, report_due instant, answer_due instant, reported instant?, ended instant?, asked_n int32, ended_n int32, help int32?, calling int32?
-- why:  the units called in on a matter; primary key
SELECT k, unit, unit_path, lead, reach, post, holder, raised, state, open, clocks, asked, report_due, answer_due, reported, ended, asked_n, ended_n,
  help, calling
 FROM matter_task WHERE town = :town AND matter = :matter ORDER BY k LIMIT 33;

-- name: matter_task_add   exec   write
-- in:   town int64, matter int64, k int32, unit text, unit_path text, lead text, reach text, post text, holder text, raised int32, state text, open bool, clocks text, asked instant, report_due instant, answer_due instant, reported instant?, ended instant?, asked_n int32, ended_n int32, help int32?, calling int32?
-- why:  a unit is called in; the matter's revision was changed before
INSERT INTO matter_task (town, matter, k, unit, unit_path, lead, reach, post, holder, raised, state, open, clocks, asked, report_due, answer_due, reported, ended, asked_n, ended_n, help, calling)
VALUES (:town, :matter, :k, :unit, :unit_path, :lead, :reach, :post, :holder, :raised, :state, :open, :clocks, :asked, :report_due,
  :answer_due, :reported, :ended, :asked_n, :ended_n, :help, :calling);

-- name: matter_task_save   must   write
-- in:   town int64, matter int64, k int32, post text, holder text, raised int32, state text, open bool, clocks text, report_due instant, answer_due instant, reported instant?, ended instant?, ended_n int32, help int32?, calling int32?
-- why:  every change of a task; the matter's revision was changed before
UPDATE matter_task SET post = :post, holder = :holder, raised = :raised, state = :state, open = :open, clocks = :clocks,
  report_due = :report_due, answer_due = :answer_due, reported = :reported, ended = :ended, ended_n = :ended_n, help = :help, calling = :calling
 WHERE town = :town AND matter = :matter AND k = :k;

-- name: matter_task_list   many   read
-- in:   town int64, due instant, matter int64, k int32, max int32
-- out:  matter int64, k int32, unit text, lead text, reach text, post text, holder text, raised int32, state text, asked instant, report_due instant, answer_due instant, reported instant?, subject text, grid text, urgent bool, path text, case_path text, assist text, called text, respondent text, words text?
-- why:  what units called in owe, what runs out first on top; index matter_task_open
SELECT t.matter, t.k, t.unit, t.lead, t.reach, t.post, t.holder, t.raised, t.state, t.asked, t.report_due, t.answer_due, t.reported,
  c.subject, c.grid, c.urgent, c.path, c.unit_path AS case_path, c.assist, c.called, c.respondent, r.words
 FROM matter_task t JOIN matter_case c ON c.town = t.town AND c.id = t.matter
 LEFT JOIN matter_entry r ON r.town = t.town AND r.matter = t.matter AND r.n = t.asked_n
 WHERE t.town = :town AND t.open = 1 AND (t.answer_due, t.matter, t.k) > (:due, :matter, :k)
 ORDER BY t.answer_due, t.matter, t.k LIMIT :max;

-- name: matter_task_list_unit   many   read
-- in:   town int64, unit text, due instant, matter int64, k int32, max int32
-- out:  matter int64, k int32, unit text, lead text, reach text, post text, holder text, raised int32, state text, asked instant, report_due instant, answer_due instant, reported instant?, subject text, grid text, urgent bool, path text, case_path text, assist text, called text, respondent text, words text?
-- why:  the same of one unit; index matter_task_unit
SELECT t.matter, t.k, t.unit, t.lead, t.reach, t.post, t.holder, t.raised, t.state, t.asked, t.report_due, t.answer_due, t.reported,
  c.subject, c.grid, c.urgent, c.path, c.unit_path AS case_path, c.assist, c.called, c.respondent, r.words
 FROM matter_task t JOIN matter_case c ON c.town = t.town AND c.id = t.matter
 LEFT JOIN matter_entry r ON r.town = t.town AND r.matter = t.matter AND r.n = t.asked_n
 WHERE t.town = :town AND t.unit = :unit AND t.open = 1 AND (t.answer_due, t.matter, t.k) > (:due, :matter, :k)
 ORDER BY t.answer_due, t.matter, t.k LIMIT :max;

-- name: matter_task_stray   one   read
-- in:   town int64
-- out:  matter int64?
-- why:  linli verify: a task that its matter does not know of
SELECT min(t.matter) FROM matter_task t LEFT JOIN matter_case c ON c.town = t.town AND c.id = t.matter
 WHERE t.town = :town AND (c.id IS NULL OR t.k > c.tasks);

-- name: matter_upload_add   exec   write
-- in:   town int64, token blob, digest blob, thumb blob?, kind text, type text, bytes int64, width int32, height int32, ms int32, name text, by text, at instant
-- why:  sent in, and not part of a matter yet
INSERT INTO matter_upload (town, token, digest, thumb, kind, type, bytes, width, height, ms, name, by, at)
VALUES (:town, :token, :digest, :thumb, :kind, :type, :bytes, :width, :height, :ms, :name, :by, :at);

-- name: matter_upload_get   one   read
-- in:   town int64, token blob
-- out:  digest blob, thumb blob?, kind text, type text, bytes int64, width int32, height int32, ms int32, name text, by text, at instant
-- why:  what a token stands for
SELECT digest, thumb, kind, type, bytes, width, height, ms, name, by, at FROM matter_upload WHERE town = :town AND token = :token;

-- name: matter_upload_sum   one   read
-- in:   town int64
-- out:  bytes int64
-- why:  how much waits to be bound: it has a ceiling
SELECT CAST(COALESCE(sum(bytes), 0) AS bigint) FROM matter_upload WHERE town = :town;

-- name: matter_upload_take   must   write
-- in:   town int64, token blob
-- why:  bound, or swept: whoever comes second looks again
DELETE FROM matter_upload WHERE town = :town AND token = :token;

-- name: matter_upload_old   many   read
-- in:   town int64, before instant, max int32
-- out:  token blob, digest blob, thumb blob?
-- why:  what nobody bound in time; index matter_upload_at
SELECT token, digest, thumb FROM matter_upload WHERE town = :town AND at < :before ORDER BY at, token LIMIT :max;

-- name: matter_file_add   exec   write
-- in:   town int64, matter int64, k int32, n int32, digest blob, thumb blob?, kind text, type text, bytes int64, width int32, height int32, ms int32, name text, reporter bool, shown bool
-- why:  a file of a matter
INSERT INTO matter_file (town, matter, k, n, digest, thumb, kind, type, bytes, width, height, ms, name, reporter, shown)
VALUES (:town, :matter, :k, :n, :digest, :thumb, :kind, :type, :bytes, :width, :height, :ms, :name, :reporter, :shown);

-- name: matter_files   many   read
-- in:   town int64, matter int64
-- out:  k int32, n int32, digest blob, thumb blob?, kind text, type text, bytes int64, width int32, height int32, ms int32, name text, reporter bool, shown bool, erased text?
-- why:  the files of a matter
SELECT k, n, digest, thumb, kind, type, bytes, width, height, ms, name, reporter, shown, erased
 FROM matter_file WHERE town = :town AND matter = :matter ORDER BY k LIMIT 200;

-- name: matter_file_erase   exec   write
-- in:   town int64, matter int64, k int32, erased text
-- why:  its bytes are forgotten, its name too; what says by whom and why stays
UPDATE matter_file SET name = '', erased = :erased WHERE town = :town AND matter = :matter AND k = :k AND erased IS NULL;

-- name: matter_verify_files   many   read
-- in:   town int64, after int64, after_k int32, max int32
-- out:  matter int64, k int32, digest blob, erased text?, body text?, there bool, thumb_there bool, files int32?
-- why:  linli verify: every file beside its event, its bytes and its matter
SELECT f.matter, f.k, f.digest, f.erased, e.body, CASE WHEN s.digest IS NULL THEN 0 ELSE 1 END,
  CASE WHEN f.thumb IS NOT NULL AND t.digest IS NULL THEN 0 ELSE 1 END, c.files
 FROM matter_file f
 LEFT JOIN store_event e ON e.town = f.town AND e.matter = f.matter AND e.n = f.n
 LEFT JOIN store_file s ON s.town = f.town AND s.digest = f.digest
 LEFT JOIN store_file t ON t.town = f.town AND t.digest = f.thumb
 LEFT JOIN matter_case c ON c.town = f.town AND c.id = f.matter
 WHERE f.town = :town AND (f.matter > :after OR (f.matter = :after AND f.k > :after_k)) ORDER BY f.matter, f.k LIMIT :max;

-- name: matter_files_short   one   read
-- in:   town int64
-- out:  id int64
-- why:  linli verify: a matter that has fewer rows of files than files came
SELECT c.id FROM matter_case c
 WHERE c.town = :town AND c.files <> (SELECT count(*) FROM matter_file f WHERE f.town = c.town AND f.matter = c.id) ORDER BY c.id LIMIT 1;

-- name: matter_ground   many   read
-- in:   town int64, after int64, max int32
-- out:  id int64, state text, subject text, urgent bool, grid text, path text, unit text, unit_path text, assist text, called text, respondent text, due instant?, why text?
-- why:  the open matters on the map, with what was said of the place when they were last sent somewhere
SELECT c.id, c.state, c.subject, c.urgent, c.grid, c.path, c.unit, c.unit_path, c.assist, c.called, c.respondent, c.due,
  (SELECT e.why FROM matter_entry e WHERE e.town = c.town AND e.matter = c.id AND e.why IS NOT NULL ORDER BY e.n DESC LIMIT 1) AS why
 FROM matter_case c WHERE c.town = :town AND c.id > :after AND c.open = 1 AND c.cause IS NULL ORDER BY c.id LIMIT :max;
