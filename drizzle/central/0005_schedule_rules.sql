-- Working hours and the slots made from them.
SELECT;
