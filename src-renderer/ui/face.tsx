import classes from './face.module.css';

const hues = 7;

/** Which of the hues is somebody's: always the same, so that a face is found again. */
const hueOf = (id: string): number => {
  let mixed = 2166136261;
  for (const letter of id) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 16777619);
  return (mixed >>> 16) % hues;
};

/** Titles are not names. */
const title = /^(dr|prof|mr|mrs|ms|δρ|καθ|κ|κα)\.?$/i;

/** First letters of the first and the last name. */
export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => word !== '' && !title.test(word));
  const first = words.at(0)?.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
  return `${first}${last}`.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
};

/** A member of the staff as a round with their initials. For the eye only: the name stands beside it. */
export const Face = ({
  person,
  size,
}: {
  person: { id: string; name: string };
  size: 'sm' | 'md' | 'lg';
}) => (
  <span className={classes['face']} data-size={size} data-hue={hueOf(person.id)} aria-hidden="true">
    {initialsOf(person.name)}
  </span>
);
