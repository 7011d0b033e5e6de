import type { ReactNode } from 'react';

/** Why something could not be done, in a sentence, where it was tried. */
export const Problem = ({ children }: { children: ReactNode }) => (
  <p role="alert" className="problem">
    {children}
  </p>
);
