import type { prescriptions as english } from '../en/prescriptions.ts';
import type { SameKeys } from '../same-keys.ts';

export const prescriptions: SameKeys<typeof english> = {
  title: 'Συνταγές',
  write: 'Νέα συνταγή',
  none: 'Καμία ακόμη.',
  draft: 'Πρόχειρο',
  issued: 'Εκδόθηκε {{when}}',
  replaced: 'Αντικαταστάθηκε από νεότερη',
  replaces: 'Αντικαθιστά εκείνη που εκδόθηκε {{when}}',
  go: 'Συνέχεια',
  print: 'Εκτύπωση',
  replace: 'Αντικατάσταση…',
  moreOf: 'Ενέργειες για τη συνταγή που εκδόθηκε {{when}}',
  dialog: {
    title: 'Συνταγή: {{name}}',
    by: '{{doctor}}',
    instructions: 'Τι συνταγογραφείται',
    placeholder: 'Φάρμακο, δόση, πόσο συχνά και για πόσο',
    saved: 'Αποθηκεύτηκε ως πρόχειρο',
    saving: 'Αποθηκεύεται…',
    begin: 'Αποθηκεύεται καθώς γράφετε.',
    later: 'Να μείνει πρόχειρο',
    issue: 'Έκδοση',
    print: 'Εκτύπωση',
    issued: '{{name}}: η συνταγή εκδόθηκε.',
    finalHint: 'Μετά την έκδοση δεν αλλάζει· μπορεί μόνο να αντικατασταθεί με νέα.',
    changed: 'Στο μεταξύ κάποιος άλλος έγραψε σε αυτό το πρόχειρο:',
    takeTheirs: 'Κράτησε το δικό του',
    keepMine: 'Κράτησε το δικό μου',
    changedEmpty: '(το άδειασε)',
  },
};
