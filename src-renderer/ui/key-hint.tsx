import { type KeyName, keyCaps, keys } from '../app/keys.ts';

/** A combination as printed keys. For the eye only: what the key does stands beside it in words. */
export const KeyCaps = ({ combo }: { combo: string }) => (
  <span className="key-hint" aria-hidden="true">
    {keyCaps(combo).map((cap) => (
      <kbd key={cap}>{cap}</kbd>
    ))}
  </span>
);

/** The first combination of a key of the list, beside the button that does the same. */
export const KeyHint = ({ keyName }: { keyName: KeyName }) => {
  const combo: string | undefined = keys[keyName].combos[0];
  return combo === undefined ? null : <KeyCaps combo={combo} />;
};
