-- Merging and erasing patients.
SELECT;
