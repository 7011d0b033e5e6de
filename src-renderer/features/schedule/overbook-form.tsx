import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKept } from '../../app/kept.ts';

/** Asks for the reason that an overbook needs. */
export const OverbookForm = ({
  label,
  onOverbook,
}: {
  label: string;
  onOverbook: (reason: string) => void;
}) => {
  const { t } = useTranslation();
  const [reason, setReason] = useKept('reason', '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim().length >= 3) onOverbook(reason.trim());
      }}
    >
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          label={label}
          maxLength={255}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={reason.trim().length < 3}>
          {t('board.refused.overbook')}
        </Button>
      </Group>
    </form>
  );
};
