import type { ReactNode } from 'react';
import type { KeyName } from '../app/keys.ts';
import { KeyHint } from './key-hint.tsx';

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
      {text} {keyName && <KeyHint keyName={keyName} />}
    </p>
    {action}
  </div>
);
