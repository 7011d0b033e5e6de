import { Button, Group, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Work that is done sooner shows no progress at all. */
const QUIET_MS = 500;

/**
 * How far a piece of work is, in words and as a bar, from half a second on; `onCancel` stops it. Keeps its place while
 * it is not shown, so that nothing jumps.
 */
export const ProgressLine = ({
  text,
  done,
  total,
  onCancel,
}: {
  text: string;
  done: number;
  total: number;
  onCancel?: () => void;
}) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Group gap="md" wrap="nowrap" mih={32} role="status">
      {shown && (
        <>
          <span>{t('app.progress', { what: text, done, total })}</span>
          <Progress
            flex={1}
            maw={320}
            value={total === 0 ? 0 : (100 * done) / total}
            aria-label={text}
            transitionDuration={0}
          />
          {onCancel && (
            <Button variant="default" size="compact-md" onClick={onCancel}>
              {t('app.stop')}
            </Button>
          )}
        </>
      )}
    </Group>
  );
};
