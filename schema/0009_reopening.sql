-- "Not solved": the reporter has it taken up again, a set number of times; after that a supervisor looks at it.
ALTER TABLE matter_case ADD COLUMN reopened integer NOT NULL DEFAULT 0;   -- how often, the supervisor's look included
ALTER TABLE matter_case ADD COLUMN reviewed integer NOT NULL DEFAULT 0;   -- 1: it came to a supervisor
ALTER TABLE insight_case ADD COLUMN reopened integer NOT NULL DEFAULT 0;
