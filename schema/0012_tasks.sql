-- Other units called in (吹哨/报到), each with a task, clocks and an answer of its own. A task is part of its matter and changes under the
-- matter's revision; its words stand in matter_entry beside the events asked_n and ended_n.
CREATE TABLE matter_task (
  town       bigint  NOT NULL,
  matter     bigint  NOT NULL,
  k          integer NOT NULL,   -- 1, 2, 3 … within the matter
  unit       text    NOT NULL,   -- the one called in
  unit_path  text    NOT NULL,
  lead       text    NOT NULL,   -- the one in charge when it was asked
  reach      text    NOT NULL,   -- account letter upstream phone
  post       text    NOT NULL,   -- who sees to it: of the unit called in, of the lead where that has no account
  holder     text    NOT NULL,
  raised     integer NOT NULL,
  state      text    NOT NULL,   -- asked reported answered overridden cancelled
  open       integer NOT NULL,   -- 1: asked or reported
  clocks     text    NOT NULL,
  asked      bigint  NOT NULL,
  report_due bigint  NOT NULL,
  answer_due bigint  NOT NULL,
  reported   bigint,
  ended      bigint,
  asked_n    integer NOT NULL,
  ended_n    integer NOT NULL,   -- 0 while open
  help       integer,            -- 1..5: how the unit called in cooperated, as the lead sees it
  calling    integer,            -- 1..5: how the lead did, as the unit called in sees it
  PRIMARY KEY (town, matter, k)
);
CREATE INDEX matter_task_unit  ON matter_task (town, unit, answer_due, matter, k) WHERE open = 1;
CREATE INDEX matter_task_open  ON matter_task (town, answer_due, matter, k) WHERE open = 1;
CREATE INDEX matter_task_asked ON matter_task (town, asked);
ALTER TABLE matter_case ADD COLUMN tasks integer NOT NULL DEFAULT 0;             -- how many units were ever called in
ALTER TABLE matter_case ADD COLUMN tasks_open integer NOT NULL DEFAULT 0;        -- and still owe an answer
ALTER TABLE matter_case ADD COLUMN tasks_next bigint;                            -- the next alarm of any task, in next_at too
ALTER TABLE matter_case ADD COLUMN tasks_provisional integer NOT NULL DEFAULT 0; -- 1: a task's deadline is
ALTER TABLE matter_case ADD COLUMN called text NOT NULL DEFAULT '';              -- org codes of units called in, joined by ';'
