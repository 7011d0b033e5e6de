import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import classes from './account.module.css';

interface Way {
  name: string;
  form: (close: () => void) => ReactNode;
}

/** A part of the own account: how it stands, and what changes it, one form at a time. */
export const Card = ({
  id,
  title,
  state,
  hint,
  ways,
}: {
  id: string;
  title: string;
  state?: string;
  hint: string;
  /** Each with a button, and the form that it opens; the form closes itself. */
  ways: readonly Way[];
}) => {
  // The form that was opened stays though the account that it changes now has other ways.
  const [open, setOpen] = useState<{ way: Way; at: number } | null>(null);
  const buttons = useRef<HTMLDivElement>(null);
  const close = (): void => {
    const before = open?.at ?? 0;
    setOpen(null);
    requestAnimationFrame(() => buttons.current?.querySelectorAll('button').item(before)?.focus());
  };
  return (
    <section className={classes['card']} aria-labelledby={id}>
      <div className={classes['head']}>
        <div>
          <h2 id={id}>{title}</h2>
          <p>
            {state && <b>{state} </b>}
            {hint}
          </p>
        </div>
        {open === null && (
          <div className={classes['ways']} ref={buttons}>
            {ways.map((way, at) => (
              <Button key={way.name} variant="default" onClick={() => setOpen({ way, at })}>
                {way.name}
              </Button>
            ))}
          </div>
        )}
      </div>
      {open?.way.form(close)}
    </section>
  );
};
