import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openDialog } from '../../app/screen.ts';
import { KeyHint } from '../../ui/key-hint.tsx';

/** The button below the chosen appointment or on a patient's page that does what Ctrl+P does. */
export const PrintSection = () => {
  const { t } = useTranslation();
  return (
    <Button variant="default" mt="md" onClick={() => openDialog({ kind: 'printChoice' })}>
      {t('printing.button')}
      <KeyHint keyName="print" />
    </Button>
  );
};
