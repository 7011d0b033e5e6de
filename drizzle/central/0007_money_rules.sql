-- Receipts, refunds and the cash-up.
SELECT;
