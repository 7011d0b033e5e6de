export const payments = {
  amount: {
    empty: 'Type an amount.',
    not_a_number: 'Type an amount such as {{example}}.',
    too_precise: 'These are more decimals than the currency has. Type an amount such as {{example}}.',
    ambiguous: 'This could be read in two ways. Type it as {{example}}.',
    too_large: 'This amount is too large.',
  },
};
