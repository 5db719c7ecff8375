-- Boards of the desk: what is open, by when and with whom. What waits for its cause stands under that one, on no board.
CREATE INDEX matter_case_due     ON matter_case (town, due, id) WHERE open = 1 AND waits = 0;
CREATE INDEX matter_case_holder  ON matter_case (town, holder, due, id) WHERE open = 1 AND waits = 0;
CREATE INDEX matter_case_called  ON matter_case (town, due, id) WHERE tasks_open > 0;
CREATE INDEX matter_case_paused  ON matter_case (town, due, id) WHERE state = 'paused';
CREATE INDEX matter_case_placing ON matter_case (town, due, id) WHERE state = 'placing';
CREATE INDEX matter_case_again   ON matter_case (town, due, id) WHERE reopened > 0 AND open = 1;
