-- Held slots, series and the waiting list.
SELECT;
