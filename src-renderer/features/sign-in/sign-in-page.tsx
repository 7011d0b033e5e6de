import { useState } from 'react';
import type { Door } from '../../../src-main/contract/session.ts';
import { DoorPage } from '../../ui/door-page.tsx';
import { CodeForm } from './code-form.tsx';
import { Offline } from './offline.tsx';
import { Who } from './who.tsx';

/** What stands instead of the desk while nobody is signed in, or behind a lock: who is here, and their PIN or password. */
export const SignInPage = ({ door }: { door: Door }) => {
  const [withCode, setWithCode] = useState(false);
  return (
    <DoorPage clinic={door.clinicName} foot={<Offline online={door.online} />}>
      {withCode ? (
        <CodeForm onBack={() => setWithCode(false)} />
      ) : (
        <Who key={`${door.state} ${door.person?.id}`} door={door} onCode={() => setWithCode(true)} />
      )}
    </DoorPage>
  );
};
