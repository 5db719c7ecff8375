-- What is urgent and open: for who is on duty.
CREATE INDEX matter_case_urgent ON matter_case (town, id) WHERE urgent = 1 AND open = 1;
