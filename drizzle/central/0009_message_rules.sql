-- Messages and the bytes of their files.
SELECT;
