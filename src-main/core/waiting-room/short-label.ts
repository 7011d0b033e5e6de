/** Who is called on the wall: of an animal, the owner's last name stands for its own. */
export interface Labelled {
  firstName: string;
  lastName: string;
  /** The appointed time at the location, `09:15`: what a person knows and others do not. */
  time: string;
}

/** First name and the initial of the last: `Μαρία Π.` */
export const shortName = ({ firstName, lastName }: Pick<Labelled, 'firstName' | 'lastName'>): string => {
  const [first = ''] = firstName.trim().split(/\s+/);
  const [initial] = lastName.trim();
  return [first, initial && `${initial.toLocaleUpperCase()}.`].filter(Boolean).join(' ');
};

/** A label for each, in order. Two who would be called alike are told apart by their appointed time. */
export const shortLabels = (people: readonly Labelled[]): string[] => {
  const names = people.map(shortName);
  const key = (name: string): string => name.toLocaleLowerCase();
  return people.map((person, index) => {
    const name = names[index] ?? '';
    const alike = names.filter((other) => key(other) === key(name)).length > 1;
    return alike || name === '' ? `${name} ${person.time}`.trim() : name;
  });
};
