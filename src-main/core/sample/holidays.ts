/** A day on which a location is closed, with its name in both languages. */
export interface Holiday {
  day: string;
  en: string;
  el: string;
}

/** A day after a day, both `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Easter Sunday of the western churches (anonymous Gregorian algorithm). */
export const westernEaster = (year: number): string => {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const correction = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const moon =
    epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7;
  return addDays(`${year}-03-28`, moon - weekday);
};

/** Easter Sunday of the orthodox churches (Meeus' Julian algorithm; 13 days to the civil calendar until 2099). */
export const orthodoxEaster = (year: number): string => {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  return addDays(`${year}-03-22`, d + e + 13);
};

/** Greece's public holidays. */
export const greekHolidays = (year: number): Holiday[] => {
  const easter = orthodoxEaster(year);
  return [
    { day: `${year}-01-01`, en: "New Year's Day", el: 'Πρωτοχρονιά' },
    { day: `${year}-01-06`, en: 'Epiphany', el: 'Θεοφάνεια' },
    { day: addDays(easter, -48), en: 'Clean Monday', el: 'Καθαρά Δευτέρα' },
    { day: `${year}-03-25`, en: 'Independence Day', el: 'Εικοστή Πέμπτη Μαρτίου' },
    { day: addDays(easter, -2), en: 'Good Friday', el: 'Μεγάλη Παρασκευή' },
    { day: addDays(easter, 1), en: 'Easter Monday', el: 'Δευτέρα του Πάσχα' },
    { day: `${year}-05-01`, en: 'May Day', el: 'Πρωτομαγιά' },
    { day: addDays(easter, 50), en: 'Whit Monday', el: 'Αγίου Πνεύματος' },
    { day: `${year}-08-15`, en: 'Assumption', el: 'Κοίμηση της Θεοτόκου' },
    { day: `${year}-10-28`, en: 'Ohi Day', el: 'Επέτειος του Όχι' },
    { day: `${year}-12-25`, en: 'Christmas Day', el: 'Χριστούγεννα' },
    { day: `${year}-12-26`, en: 'Second day of Christmas', el: 'Σύναξη της Θεοτόκου' },
  ];
};

/** The bank holidays of England; one that falls on a weekend moves to the next free weekday. */
export const englishHolidays = (year: number): Holiday[] => {
  const easter = westernEaster(year);
  const monday = (month: string) => addDays(`${year}-${month}-01`, (8 - weekday(`${year}-${month}-01`)) % 7);
  const christmas = weekday(`${year}-12-25`);
  return [
    { day: afterWeekend(`${year}-01-01`), en: "New Year's Day", el: 'Πρωτοχρονιά' },
    { day: addDays(easter, -2), en: 'Good Friday', el: 'Μεγάλη Παρασκευή (Δυτικών)' },
    { day: addDays(easter, 1), en: 'Easter Monday', el: 'Δευτέρα του Πάσχα (Δυτικών)' },
    { day: monday('05'), en: 'Early May bank holiday', el: 'Αργία αρχών Μαΐου' },
    { day: addDays(monday('06'), -7), en: 'Spring bank holiday', el: 'Ανοιξιάτικη αργία' },
    { day: addDays(monday('09'), -7), en: 'Summer bank holiday', el: 'Θερινή αργία' },
    { day: afterWeekend(`${year}-12-25`), en: 'Christmas Day', el: 'Χριστούγεννα' },
    {
      day: addDays(`${year}-12-26`, { 5: 2, 6: 2, 7: 1 }[christmas] ?? 0),
      en: 'Boxing Day',
      el: 'Δεύτερη μέρα Χριστουγέννων',
    },
  ];
};

/** ISO 8601 weekday: 1 is Monday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

const afterWeekend = (day: string): string => addDays(day, { 6: 2, 7: 1 }[weekday(day)] ?? 0);
