import type { ReactNode } from 'react';
import { type KeyName, keys } from '../app/keys.ts';
import { KeyCaps } from './key-hint.tsx';

/** What an empty place is for, and the key to begin. */
export const EmptyState = ({
  title,
  text,
  keyName,
  action,
}: {
  title: string;
  text: string;
  keyName?: KeyName;
  action?: ReactNode;
}) => (
  <div className="empty-state">
    <p className="empty-title">{title}</p>
    <p>
      {text} {keyName && <KeyCaps combo={keys[keyName].combos[0]} />}
    </p>
    {action}
  </div>
);
