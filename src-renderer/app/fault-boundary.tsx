import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { reportFault } from './report-faults.ts';

/** Keeps a fault in one part of the window from taking the rest of it along. */
export class FaultBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(fault: unknown) {
    reportFault(fault);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Failed onAgain={() => this.setState({ failed: false })} />;
  }
}

const Failed = ({ onAgain }: { onAgain: () => void }) => {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <EmptyState
        title={t('app.fault')}
        text={t('app.faultHint')}
        action={<Button onClick={onAgain}>{t('app.faultAgain')}</Button>}
      />
    </div>
  );
};
