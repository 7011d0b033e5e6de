-- Call lists and check-in by the patient.
SELECT;
