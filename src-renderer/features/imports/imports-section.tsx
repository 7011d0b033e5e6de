import { useState } from 'react';
import { ChooseSource } from './choose-source.tsx';
import classes from './imports.module.css';
import { Look } from './look.tsx';
import { Overview } from './overview.tsx';
import { RunView } from './run-view.tsx';
import { useWizard } from './wizard.ts';

/** Bringing another system's data in: where it is, a look at it, and how it goes. */
export const ImportsSection = () => {
  const { step, runId } = useWizard();
  // Not with what is kept of this screen: it is typed anew after a lock.
  const [password, setPassword] = useState('');
  return (
    <section className={classes['part']} aria-labelledby="imports-title">
      {runId !== null && <RunView key={runId} id={runId} />}
      {runId === null && step === 'overview' && <Overview />}
      {runId === null && step === 'source' && <ChooseSource password={password} onPassword={setPassword} />}
      {runId === null && step === 'look' && <Look password={password} onStarted={() => setPassword('')} />}
    </section>
  );
};
